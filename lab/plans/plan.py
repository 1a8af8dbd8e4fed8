from collections.abc import Iterator
from dataclasses import dataclass

from lab.plans.headline import headline
from lab.plans.nodes import Node


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a database runs one statement."""

    vendor: str  # as Django names it: sqlite, postgresql or mysql
    raw: str  # what the database answered, to read or to paste into a plan viewer
    nodes: tuple[Node, ...]
    analyzed: bool = False  # whether the database ran the statement to make it
    remark: str | None = None  # why it was not
    figures: tuple[tuple[str, float], ...] = ()  # of the whole statement: ("ms to execute", 8.8)

    @property
    def verdict(self) -> str:
        """The plan in one sentence."""
        return headline(list(self.walk()), vendor=self.vendor)

    @property
    def notes(self) -> list[str]:
        return [note for node in self.walk() for note in node.notes]

    def walk(self) -> Iterator[Node]:
        for node in self.nodes:
            yield from node.walk()
