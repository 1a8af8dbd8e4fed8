"""A plan in one sentence: what it reads, how, and what it does with it."""

from collections.abc import Iterable, Iterator

from lab.plans.nodes import Node, TableAccess
from lab.plans.words import listed

_READS = {
    TableAccess.ALL: "reads every row of {}",
    TableAccess.SOME: "reads {} as far as it has to",
    TableAccess.INDEX: "reads a whole index of {}",
    TableAccess.PART: "looks up {} by index",
    TableAccess.ONE: "jumps by key to {}",
}


def headline(nodes: list[Node], *, vendor: str) -> str:
    """Return it, of all nodes of a plan."""
    telling = [node for node in nodes if node.access or node.gist]
    if len(telling) == 1 and telling[0].says and telling[0].access:
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
