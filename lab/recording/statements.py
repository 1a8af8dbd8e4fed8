"""What a recording is made of."""

import re
from collections.abc import Sequence
from typing import Any

from lab.recording.spots import Spot

_FIRST_WORD = re.compile(r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*([A-Za-z]+)", re.DOTALL)
_TRANSACTION = {"begin", "commit", "rollback", "savepoint", "release", "start", "end", "abort"}
WRITES = {"insert", "update", "delete"}
_KINDS = {"select", *WRITES}
_FROM_CLIENT = re.compile(r"\bFROM\s+STDIN\b", re.IGNORECASE)
# Django's savepoint names hold the thread's number and a counter.
SAVEPOINT_NAME = re.compile(r"s\d+_x\d+")


class Statement:
    """One execution. Times in nanoseconds; `rows` are those fetched, `columns` theirs: 0 where none was.

    `rowcount` is the driver's, -1 where it has none: `affected` makes sense of it.
    """

    __slots__ = (
        "also",
        "cause",
        "columns",
        "error",
        "execute_ns",
        "fetch_ns",
        "many",
        "params",
        "rowcount",
        "rows",
        "spot",
        "sql",
    )

    def __init__(self, sql: str, params: Any, many: bool, spot: Spot | None, cause: str) -> None:
        self.sql, self.params, self.many = sql, params, many
        self.spot, self.cause = spot, cause
        self.execute_ns = self.fetch_ns = self.rows = self.columns = 0
        self.rowcount = -1
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
        return word if word in _KINDS else "other"

    @property
    def affected(self) -> int:
        """How many rows it inserted, updated or deleted. Of an UPDATE they are those matched."""
        if self.kind not in WRITES:
            return 0
        # SQLite counts what RETURNING returns only when it has been fetched.
        return max(self.rowcount, self.rows)

    @property
    def text(self) -> str:
        """The SQL, with the generated name of a savepoint left out."""
        return SAVEPOINT_NAME.sub("…", self.sql) if self.kind == "transaction" else self.sql


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
