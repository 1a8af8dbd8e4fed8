from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lab.plans.nodes import Node, TableAccess
from lab.plans.words import listed

_READS = {
    TableAccess.ALL: "reads every row of {}",
    TableAccess.SOME: "reads {} as far as it has to",
    TableAccess.INDEX: "reads a whole index of {}",
    TableAccess.PART: "looks up {} by index",
    TableAccess.ONE: "jumps by key to {}",
}


EXECUTED = "ms to execute"  # among the figures
_READ = 20_000  # characters of a raw plan that anybody reads
_TOLD_MS = 0.5  # below it, which step took the most is chance


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
        return _headline(list(self.walk()), vendor=self.vendor)

    @property
    def ms(self) -> float | None:
        """What the whole statement took to execute; None where that was not measured."""
        return dict(self.figures).get(EXECUTED)

    @property
    def slowest(self) -> Node | None:
        """The step that takes most of the time by itself: more than half of what the statement took. None where no
        step does, or where that was not measured or is too short to tell.
        """
        if self.ms is None:
            return None
        steps = list(self.walk())
        slow = [node for node in steps if (node.own_ms or 0) > max(self.ms / 2, _TOLD_MS)]
        return slow[0] if len(slow) == 1 and len(steps) > 1 else None

    @property
    def opening(self) -> str:
        """What the database answered, or its beginning, where it is so long that nobody reads on."""
        more = len(self.raw) - _READ
        return self.raw if more <= 0 else f"{self.raw[:_READ]}\n… and {more:,} characters more"

    @property
    def notes(self) -> list[str]:
        return [note for node in self.walk() for note in node.notes]

    def walk(self) -> Iterator[Node]:
        for node in self.nodes:
            yield from node.walk()


def _headline(nodes: list[Node], *, vendor: str) -> str:
    telling = [node for node in nodes if node.access or node.gist]
    alone = len(telling) == 1 and all(node.times == 1 for node in nodes)
    if alone and telling[0].says and telling[0].access:
        return _sentence(telling[0].says)
    # SQLite lists its steps from the first to the last, the others from the last to the first.
    in_order = nodes if vendor == "sqlite" else nodes[::-1]
    phrases = [*_reads(nodes), *_gists(in_order)]
    if not phrases:
        phrases = [node.says or node.title for node in nodes[:1]] or ["reads no rows, so there is nothing to plan"]
    return _sentence(listed(phrases))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _reads(nodes: list[Node]) -> Iterator[str]:
    for access, phrase in _READS.items():
        tables = dict.fromkeys(node.table for node in nodes if node.access == access and node.table)
        if tables:
            yield phrase.format(listed(list(tables)))


def _gists(nodes: list[Node]) -> Iterable[str]:
    return dict.fromkeys(node.gist for node in nodes if node.gist)
