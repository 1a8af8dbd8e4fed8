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
    loops: int | None = None
    ms: float | None = None  # of all loops together; on PostgreSQL with the steps below it
    cost: float | None = None
    notes: tuple[str, ...] = ()  # sentences on what deserves a second look
    children: tuple["Node", ...] = ()
    times: int = 1  # equal steps that it stands for: figures are then of all, conditions of the first few

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
        ms=None,
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
        ms=_sum([node.ms for node in run]),
        cost=_sum([node.cost for node in run]),
    )


def _few(details: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(details))[:_FEW]


def _sum(figures: list[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if len(known) == len(figures) else None
