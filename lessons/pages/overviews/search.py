"""What a search has found."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lessons.pages.errors.faults import printable
from lessons.search.documents import Document
from lessons.search.index import get_index
from lessons.search.marking import mark

_LONGEST = 200  # characters of a query that are looked at, and shown
EXAMPLES = ("n+1", "count too high", "database is locked", "select_related")


@dataclass(frozen=True, kw_only=True)
class Result:
    url: str
    title: SafeString  # words that were found are marked
    details: SafeString


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
    results = [_result(document, found.sought) for document in found.documents]
    return Search(query=query, results=tuple(results), nearest=() if results else tuple(engine.nearest(query)))


def _result(document: Document, sought):
    return Result(url=document.url, title=mark(document.title, sought), details=_details(document))


@lru_cache(maxsize=1_000)
def _details(document: Document):
    """What is said of a document whatever it was found by. Rendered once: it was half of what a search took."""
    return render_to_string("lessons/overviews/_result_details.html", {"document": document})
