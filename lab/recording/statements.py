"""What a recording is made of."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from lab.recording.spots import Spot

_FIRST_WORD = re.compile(r"(?:\s|\(|(?:--|#)[^\n]*\n|/\*.*?\*/)*([A-Za-z]+)", re.DOTALL)
_HIDDEN = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*.*?\*/", re.DOTALL)  # what is quoted, and comments
_PIECE = re.compile(r"[()]|\w+")
_TRANSACTION = {"begin", "commit", "rollback", "savepoint", "release", "start", "end", "abort"}
WRITES = {"insert", "update", "delete"}
_KINDS = {
    **{word: word for word in ("select", *WRITES)},
    "replace": "insert",
    "merge": "update",
    "values": "select",
    "table": "select",
}
_MUTABLE = {list, dict}
_FROM_CLIENT = re.compile(r"\bFROM\s+STDIN\b", re.IGNORECASE)
# Django's savepoint names hold the thread's number and a counter.
SAVEPOINT_NAME = re.compile(r"s\d+_x\d+")


class Asked:
    """What was asked of a database, by its alias."""

    __slots__ = ()
    database: str

    @property
    def beside(self) -> str:
        """The alias of the database that was asked, if it is not the first one."""
        return "" if self.database == DEFAULT_DB_ALIAS else self.database


class Statement(Asked):
    """One execution. Times in nanoseconds; `rows` are those fetched, `columns` theirs: 0 where none was.

    sql: whatever the driver takes: text, bytes, or what psycopg composes. Kept as text.
    way: the waypoints between the spot and the query, the innermost first, see lab.recording.causes
    `rowcount` is the driver's, -1 where it has none, or not yet: `affected` makes sense of it.
    """

    __slots__ = (
        "also",
        "cause",
        "columns",
        "database",
        "error",
        "execute_ns",
        "fetch_ns",
        "many",
        "params",
        "rowcount",
        "rows",
        "spot",
        "sql",
        "way",
    )

    def __init__(
        self, sql: Any, params: Any, many: bool, spot: Spot | None, cause: str, way: tuple[str, ...] = ()
    ) -> None:
        self.sql = sql if isinstance(sql, str) else _text(sql)
        self.params, self.many = params, many
        self.spot, self.cause, self.way = spot, cause, way
        self.execute_ns = self.fetch_ns = self.rows = self.columns = 0
        self.rowcount = -1
        self.database = DEFAULT_DB_ALIAS
        self.error: str | None = None
        # (recorder, Statement) of the recorder around this one, if there is one.
        self.also: tuple[Any, Statement] | None = None

    @property
    def word(self) -> str:
        """The first word of the SQL, in lower case."""
        match = _FIRST_WORD.match(self.sql)
        return match[1].lower() if match else ""

    @property
    def kind(self) -> str:
        """One of select, insert, update, delete, transaction, other."""
        word = self.word
        if word in _TRANSACTION or self.sql.lstrip()[:15].upper() == "SET TRANSACTION":
            return "transaction"
        if word == "copy":  # PostgreSQL's, to or from the client
            return "insert" if _FROM_CLIENT.search(self.sql) else "select"
        return _KINDS.get(_verb(self.sql) if word == "with" else word, "other")

    @property
    def affected(self) -> int:
        """How many rows it inserted, updated or deleted. Of an UPDATE they are those matched."""
        if self.kind not in WRITES:
            return 0
        # SQLite counts what RETURNING returns only when it has been fetched.
        return max(self.rowcount, self.rows)

    @property
    def may_affect_more(self) -> bool:
        """Whether the driver does not know more than the rows that were fetched."""
        return self.rowcount < 0 and self.error is None and self.kind in WRITES

    def executed(self, cursor: Any) -> None:
        """Note what the driver's cursor counts."""
        self.rowcount = cursor.rowcount
        if self.rowcount < 1 and isinstance(cursor, sqlite3.Cursor) and not self.sql.startswith("SELECT"):
            self._count_on_sqlite(cursor)

    def _count_on_sqlite(self, cursor: sqlite3.Cursor) -> None:
        """It counts no WITH … UPDATE, and says 0 until all that RETURNING returns has been fetched."""
        if cursor.description:
            self.rowcount = -1
        elif self.rowcount < 0 and not self.many and self.kind in WRITES:
            self.rowcount = cursor.connection.execute("SELECT changes()").fetchone()[0]

    def fetched(self, cursor: Any, rows: Sequence[Any]) -> None:
        """Note what it counts now, where it had no count."""
        if self.rowcount < 0 and (cursor.rowcount > 0 or not rows):
            self.rowcount = cursor.rowcount

    @property
    def text(self) -> str:
        """The SQL, with the generated name of a savepoint left out."""
        return SAVEPOINT_NAME.sub("…", self.sql) if self.kind == "transaction" else self.sql


def as_sent(params: Any, many: bool) -> tuple[Any, Any]:
    """Return (what to keep of a statement's parameters, what to send).

    A list may change after it was sent, and an iterator is spent by the one who takes it.
    """
    if not many:
        return _copied(params), params
    if isinstance(params, Iterator):
        kept: list[Any] = []
        sent = _keeping(params, kept)
        return kept, chain(list(islice(sent, 1)), sent)  # the first is there before it is sent, to be explained
    return [_copied(each) for each in params] if isinstance(params, Iterable) else params, params


def _copied(value: Any) -> Any:
    if isinstance(value, list):
        return [_copied(each) for each in value]
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    if isinstance(value, tuple) and not _MUTABLE.isdisjoint(map(type, value)):
        return tuple([_copied(each) for each in value])
    return value


def _keeping(params: Iterator[Any], kept: list[Any]) -> Iterator[Any]:
    for each in params:
        kept.append(_copied(each))
        yield each


def _text(sql: Any) -> str:
    if isinstance(sql, (bytes, bytearray)):
        return str(sql, errors="replace")
    compose = getattr(sql, "as_string", None)  # psycopg.sql.Composable
    return str(compose(None) if compose else sql)


def _verb(sql: str) -> str:
    """The word that says what WITH … UPDATE … does: the one outside of the queries that are named before it."""
    depth = 0
    pieces: list[str] = _PIECE.findall(_HIDDEN.sub(" ", sql))
    for piece in pieces:
        if piece in "()":
            depth += 1 if piece == "(" else -1
        elif not depth and piece.lower() in _KINDS:
            return piece.lower()
    return ""


class Log(Sequence[Statement]):
    """The queries of a recording so far: what a claim is given. Transaction statements are left out."""

    def __init__(self, statements: list[Statement]) -> None:
        self._statements = statements

    def _queries(self) -> list[Statement]:
        return [statement for statement in self._statements if statement.kind != "transaction"]

    def __getitem__(self, index: Any) -> Any:
        return self._queries()[index]

    def __len__(self) -> int:
        return len(self._queries())
