"""Texts and queries as terms: what the index holds. frontend/terms.js does the same, and a test compares them."""

import re
from functools import lru_cache

WORD = re.compile(r"\w+(?:\+\w+)*")  # N+1, select_related, 40P01
_PLURALS = ((r"ies$", "y"), (r"(ss|sh|x)es$", r"\1"), (r"(?<![isu])s$", ""))
_LONGEST = 40  # characters
_SHORTEST_PLURAL = 4


def find_words(text: str) -> list[str]:
    """Return the words of a text as they stand there, in small letters."""
    return [match[0].lower() for match in WORD.finditer(text)]


def find_terms(text: str) -> list[str]:
    """Return the terms of a text: select_related gives itself, “select” and “related”; plurals are singular."""
    return [term for word in find_words(text) for term in terms_of(word)]


@lru_cache(maxsize=5_000)  # each search asks anew for the words of the titles that it marks
def terms_of(word: str) -> tuple[str, ...]:
    parts = [part for part in word[:_LONGEST].split("_") if part]
    whole = ["_".join(parts)] if len(parts) > 1 else []
    return (*whole, *map(_singular, parts))


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL:
        return word
    for plural, singular in _PLURALS:
        shorter = re.sub(plural, singular, word)
        if shorter != word:
            return shorter
    return word
