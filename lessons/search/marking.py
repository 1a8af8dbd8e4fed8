"""Texts with the words in them that were found."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lessons.search.terms import WORD, terms_of


def mark(text: str, sought: Iterable[str]) -> SafeString:
    """Return the text as HTML, words marked that have a term which begins with one of `sought`."""
    beginnings = tuple(sought)
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, beginnings)))


def _pieces(text: str, beginnings: tuple[str, ...]) -> list[str]:
    end, pieces = 0, []
    for match in WORD.finditer(text):
        found = any(term.startswith(beginnings) for term in terms_of(match[0].lower()))
        pieces += [text[end : match.start()], format_html("<mark>{}</mark>", match[0]) if found else match[0]]
        end = match.end()
    return [*pieces, text[end:]]
