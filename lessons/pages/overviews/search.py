"""What a search has found."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from lessons.pages.errors.faults import printable
from lessons.search.documents import Document
from lessons.search.index import get_index
from lessons.search.marking import mark

_LONGEST = 200  # characters of a query that are looked at, and shown
EXAMPLES = ("n+1", "count too high", "database is locked", "select_related")


@dataclass(frozen=True, kw_only=True)
class Result:
    document: Document
    title: SafeString  # words that were found are marked


@dataclass(frozen=True, kw_only=True)
class Search:
    query: str
    results: tuple[Result, ...] = ()
    nearest: tuple[str, ...] = ()  # words to try where nothing was found
    examples: tuple[str, ...] = EXAMPLES


def make_search(catalog, query):
    """query: as it was typed, however long and whatever it has in it"""
    query = printable(" ".join(query[:_LONGEST].split()))
    if not query:
        return Search(query="")
    engine = get_index(catalog).engine
    found = engine.search(query)
    results = [Result(document=each, title=mark(each.title, found.sought)) for each in found.documents]
    return Search(query=query, results=tuple(results), nearest=() if results else tuple(engine.nearest(query)))
