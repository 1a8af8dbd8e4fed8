"""Texts with the words in them that were found."""

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

from lessons.search.terms import WORD, terms_of


def mark(text: str, sought: Iterable[str]) -> SafeString:
    """Return the text as HTML, words marked that have a term which begins with one of `sought`."""
    return mark_safe("".join(_pieces(text, tuple(sought))))


def _pieces(text: str, beginnings: tuple[str, ...]) -> Iterator[str]:
    end = 0
    for match in WORD.finditer(text):
        if any(term.startswith(beginnings) for term in terms_of(match[0].lower())):
            yield escape(text[end : match.start()])
            yield f"<mark>{escape(match[0])}</mark>"
            end = match.end()
    yield escape(text[end:])
