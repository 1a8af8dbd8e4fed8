"""What the text of a statement, and the indexes of its database, tell about its plan."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from lab.plans.selects import Query, Selects, aliases
from lab.plans.words import model
from lab.recording.statements import Statement

_QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_IDENTIFIER = re.compile(r'"[^"]*"|`[^`]*`')
_WRITES = re.compile(
    r"\b(?:insert|update|delete|merge|replace|truncate)\b(?!\s*\()"
    r"|\binto\b|\bfor\s+(?:no\s+key|key\s+share|share)\b|\block\s+in\b",
    re.IGNORECASE,
)
_PLANNED = ("select", "insert", "update", "delete", "with", "values", "replace", "merge", "table")


@dataclass(frozen=True, kw_only=True)
class Index:
    columns: tuple[str, ...]
    table: str | None = None  # whose index it is, where no other table can have one of the same name
    unique: bool = False
    primary: bool = False
    descending: frozenset[str] = frozenset()  # those of the columns that it has from high to low

    @property
    def order(self) -> str:
        """Its columns in Django's words: "-stars, id"."""
        return ", ".join(f"-{column}" if column in self.descending else column for column in self.columns)


@dataclass(frozen=True)
class Facts:
    """Of one statement; `indexes` by name, and on SQLite a table's own key by the name of the table."""

    sql: str
    indexes: dict[str, Index] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The SQL without what is in quotes or a comment."""
        return _QUOTED.sub("", self.sql)

    @cached_property
    def only_reads(self) -> bool:
        return not _WRITES.search(_IDENTIFIER.sub("", self.text))

    @cached_property
    def selects(self) -> Selects:
        return Selects(self.text)

    @cached_property
    def has_list(self) -> bool:
        """Whether it looks for one of several values: column IN (…)."""
        return re.search(r"\bin\s*\(", self.text, re.IGNORECASE) is not None

    @cached_property
    def aliases(self) -> dict[str, list[str]]:
        """The tables of each alias: several where subqueries share one, as Django’s U0."""
        found: dict[str, list[str]] = {}
        for table, alias in aliases(self.text):
            found.setdefault(alias, []).extend([table] if table not in found.get(alias, ()) else [])
        return found

    def names(self, table: str) -> bool:
        """Whether the statement mentions it."""
        return re.search(rf"\b{re.escape(table)}\b", self.text) is not None

    def tables(self, name: str, place: Query | None = None, index: str | None = None) -> list[str]:
        """What a step may mean by the name or the alias of a table. place: the query that it is a step of, where
        that is known; index: the name of the one that it goes by.
        """
        known = self.aliases.get(name, [name])
        if len(known) == 1:
            return known
        if (used := self.indexes.get(index or "")) and used.table in known:
            return [used.table]
        has_cte = re.search(r"\bwith\b", self.text, re.IGNORECASE)  # one may be read as part of any query
        if place is None or has_cte:
            return known
        here = place.aliased(name)
        return [table for table in known if table.lower() in here] or known

    def table(self, name: str, place: Query | None = None, index: str | None = None) -> str:
        """What readers know it by, with its alias: both of two tables where nothing tells which it is."""
        plain = self.plain_table(name, place, index)
        return plain if plain == model(name) else f"{plain} (as {name})"

    def plain_table(self, name: str, place: Query | None = None, index: str | None = None) -> str:
        """The same, without the alias."""
        return " or ".join(map(model, self.tables(name, place, index)))

    def key(self, name: str) -> str:
        """How to speak of an index: "primary key", "its unique index on isbn"."""
        index = self.indexes.get(name)
        if index is None:
            return f"its index {name}"
        if index.primary:
            return "primary key"
        return f"its {'unique ' if index.unique else ''}index on {index.order}"


def unplannable(statement: Statement) -> str | None:
    """Why a statement has no plan, as a sentence, or None."""
    if statement.kind == "transaction":
        return f"{statement.word.upper()} is a transaction statement: it reads no rows, and has no plan."
    if statement.word not in _PLANNED:
        return (
            f"{statement.word.upper() or 'An empty statement'} has no plan: a database plans only what reads or"
            " changes rows (SELECT, INSERT, UPDATE, DELETE)."
        )
    if re.search(r";\s*\S", Facts(statement.sql).text):
        return "This text holds several statements. Only a single one can be explained."
    return None
