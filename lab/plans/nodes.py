import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

_FEW = 3  # equal steps that are told one by one, and examples of more
_VALUE = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")


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
    removed_rows: float = 0  # of a table, that it read too and threw away, where actual_rows leaves them out
    loops: int | None = None
    ms: float | None = None  # of all loops together; on PostgreSQL with the steps below it
    own_ms: float | None = None  # of all loops, without the steps below it; None where that is not known
    cost: float | None = None
    misjudged: bool = False  # whether the planner was far off, which a note tells
    notes: tuple[str, ...] = ()  # sentences on what deserves a second look
    children: tuple["Node", ...] = ()
    times: int = 1  # equal steps that it stands for: figures are then of all, conditions of the first few

    @property
    def all_rows(self) -> float | None:
        """What it gave, all loops together; None where that was not measured."""
        return None if self.actual_rows is None or self.loops is None else self.actual_rows * self.loops

    @property
    def expected_rows(self) -> float | None:
        """What the planner expected of as many loops; None where they were not counted."""
        return None if self.estimated_rows is None or self.loops is None else self.estimated_rows * self.loops

    @property
    def read_rows(self) -> float | None:
        """What it read of its table, all loops together; None where that was not measured."""
        return None if self.all_rows is None else self.all_rows + self.removed_rows * (self.loops or 0)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


def folded(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The same, with one Node in the place of many that follow one another, equal but for values and figures: of
    each of a thousand conditions of an OR, say.
    """
    found: list[Node] = []
    for _, equal in groupby([replace(node, children=folded(node.children)) for node in nodes], _likeness):
        run = list(equal)
        found += [replace(_together(run), times=len(run))] if len(run) > _FEW else run
    return tuple(found)


def _likeness(node: Node) -> Node:
    return replace(
        node,
        title=_VALUE.sub("?", node.title),
        details=tuple((name, _VALUE.sub("?", value)) for name, value in node.details),
        children=tuple(map(_likeness, node.children)),
        estimated_rows=None,
        actual_rows=None,
        removed_rows=0,
        ms=None,
        own_ms=None,
        cost=None,
    )


def _together(run: list[Node]) -> Node:
    first, last = run[0], run[-1]
    examples = [
        detail for details in zip(*(node.details for node in run), strict=True) for detail in _few(details)
    ]
    return replace(
        first,
        title=first.title if first.title == last.title else f"{first.title} … {last.title}",
        details=tuple(examples),
        children=tuple(_together(list(equal)) for equal in zip(*(node.children for node in run), strict=True)),
        estimated_rows=_sum([node.estimated_rows for node in run]),
        actual_rows=_sum([node.actual_rows for node in run]),
        removed_rows=sum(node.removed_rows for node in run),
        ms=_sum([node.ms for node in run]),
        own_ms=_sum([node.own_ms for node in run]),
        cost=_sum([node.cost for node in run]),
    )


def _few(details: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(details))[:_FEW]


def _sum(figures: list[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if len(known) == len(figures) else None
