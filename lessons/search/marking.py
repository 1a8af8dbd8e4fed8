"""Texts with the words in them that were found."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from lessons.search.terms import WORD, terms_of


def mark(text: str, sought: Iterable[str]) -> SafeString:
    """Return the text as HTML, words marked that have a term which begins with one of `sought`."""
    beginnings = tuple(sought)
    return mark_safe("".join(_pieces(text, beginnings)))


def _pieces(text: str, beginnings: tuple[str, ...]) -> list[str]:
    end, pieces = 0, []
    for match in WORD.finditer(text):
        found = any(term.startswith(beginnings) for term in terms_of(match[0].lower()))
        word = escape(match[0])
        pieces += [escape(text[end : match.start()]), f"<mark>{word}</mark>" if found else word]
        end = match.end()
    return [*pieces, escape(text[end:])]
