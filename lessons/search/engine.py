"""The search of the server: SQLite's full-text index FTS5, in memory.

frontend/ranking.js ranks alike in the browser.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from threading import Lock
from weakref import finalize

from lessons.search.documents import FIELDS, Document
from lessons.search.terms import find_terms, find_words, terms_of

_MOST_WORDS = 12  # of a query
_MOST_RESULTS = 30
_MOST_NEAR = 3  # words
_LONGEST = 60  # characters of a query that words are near to
_BEGUN = 0.5  # what a term weighs that only begins with the one asked for
_CORRECTED = 0.4  # and one that is only like it
_ALIKE, _NEAR = 0.75, 0.5  # as difflib has it
_WEIGHTS = ", ".join(map(str, FIELDS.values()))


@dataclass(frozen=True, kw_only=True)
class Found:
    documents: tuple[Document, ...]  # the best one first
    sought: tuple[str, ...]  # beginnings of the terms that count as a match


class Engine:
    """Threads may share it."""

    def __init__(self, documents: list[Document]) -> None:
        self._documents = documents
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        finalize(self, self._database.close)
        self._fill()
        self._terms = [term for (term,) in self._database.execute("SELECT term FROM terms")]
        self._names = {name.lower(): name for document in documents for name in _names_of(document)}

    def search(self, query: str) -> Found:
        """Return what has any of the query's terms: the more of them, the rarer, the better."""
        scores: defaultdict[int, list[float]] = defaultdict(list)  # of a document: one for each word that it has
        sought: list[str] = []
        for begins, found in self._look_up_all(query):
            sought += begins
            for i, score in found.items():
                scores[i].append(score)
        totals = {i: sum(each) * len(each) * self._documents[i].weight for i, each in scores.items()}
        best = [self._documents[i] for i in sorted(totals, key=lambda i: (-totals[i], i))[:_MOST_RESULTS]]
        return Found(documents=tuple(best), sought=tuple(sought))

    def nearest(self, query: str) -> list[str]:
        """Return names of the ORM and terms that are spelt a little like the query."""
        near = get_close_matches(query[:_LONGEST].lower().strip(), self._names, _MOST_NEAR, _NEAR)
        return [self._names[name] for name in near]

    def _fill(self) -> None:
        """Make the index. It holds terms as find_terms() makes them, so its tokenizer takes them as they are."""
        tokenizer = "unicode61 remove_diacritics 0 tokenchars '_+'"
        self._database.execute(
            f'CREATE VIRTUAL TABLE documents USING fts5({", ".join(FIELDS)}, tokenize = "{tokenizer}")'
        )
        self._database.executemany(
            f"INSERT INTO documents (rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})",
            [
                (i, *(" ".join(find_terms(document.field(name))) for name in FIELDS))
                for i, document in enumerate(self._documents)
            ],
        )
        self._database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(documents, row)")

    def _look_up_all(self, query: str) -> Iterator[tuple[list[str], dict[int, float]]]:
        """Yield what _look_up() has for each word, or for the parts of select_related where nothing is like it."""
        for word in list(dict.fromkeys(find_words(query)))[:_MOST_WORDS]:
            whole, *parts = terms_of(word) or [word]
            begins, found = self._look_up(whole)
            if found or not parts:
                yield begins, found
            else:
                yield from map(self._look_up, parts)

    def _look_up(self, term: str) -> tuple[list[str], dict[int, float]]:
        """Return the beginnings that count for a term, and {document: score}."""
        begun = self._match(f'"{term}"*')
        if begun:
            exact = self._match(f'"{term}"')
            return [term], {i: max(exact.get(i, 0.0), _BEGUN * score) for i, score in begun.items()}
        alike = get_close_matches(term, self._terms, cutoff=_ALIKE)
        found = self._match(" OR ".join(f'"{each}"' for each in alike)) if alike else {}
        return alike, {i: _CORRECTED * score for i, score in found.items()}

    def _match(self, expression: str) -> dict[int, float]:
        """Return {document: score} of an expression of FTS5, whose bm25() is the less the better."""
        sql = f"SELECT rowid, -bm25(documents, {_WEIGHTS}) FROM documents WHERE documents MATCH ?"
        with self._lock:
            return dict(self._database.execute(sql, [expression]))


def _names_of(document: Document) -> Iterator[str]:
    yield from document.names
    if document.kind == "term":
        yield document.title
