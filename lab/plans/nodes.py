from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class TableAccess(StrEnum):
    """How a step gets at the rows of a table."""

    ALL = "all"  # reads the whole table
    SOME = "some"  # reads the table from one end, and may stop before the other
    INDEX = "index"  # reads a whole index, and not the table
    PART = "part"  # goes where an index leads
    ONE = "one"  # to one row for each key, by a unique key


@dataclass(frozen=True, kw_only=True)
class Node:
    """One step of a plan. Rows are those of one loop, as databases count them."""

    title: str  # the database's own name for it
    says: str | None = None  # the step in plain words, without a capital; None where the lab has none
    gist: str | None = None  # two or three words for the headline: "sorts in memory"
    access: TableAccess | None = None
    table: str | None = None  # as readers know it: book
    index: str | None = None
    details: tuple[tuple[str, str], ...] = ()  # conditions and the like, as the database writes them
    estimated_rows: float | None = None
    actual_rows: float | None = None
    loops: int | None = None
    ms: float | None = None  # of all loops together; on PostgreSQL with the steps below it
    cost: float | None = None
    notes: tuple[str, ...] = ()  # sentences on what deserves a second look
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()
