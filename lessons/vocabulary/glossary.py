"""The field's terms, each with its meaning, and where a text uses them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from django.utils.text import slugify

_FILE = Path(__file__).with_name("glossary.toml")


@dataclass(frozen=True, kw_only=True)
class Term:
    name: str
    means: str  # one sentence or two
    also: tuple[str, ...] = ()  # its other forms

    @property
    def slug(self) -> str:
        """Names its entry on the page of all terms: N+1 → n-1."""
        return slugify(re.sub(r"[^\w]+", " ", self.name))

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.also)


class Glossary:
    """All terms, in the order of the alphabet."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = tuple(sorted(terms, key=lambda term: term.name.lower()))
        self._by_form = {form.lower(): term for term in terms for form in term.forms}

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        """Each use of a term in a text, from left to right: the longest form that fits there."""
        for match in self._pattern.finditer(text):
            yield match, self._by_form[match[0].lower()]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self._by_form, key=len, reverse=True)
        # A keyword of SQL is one in capitals alone: “where” and “limit” are words.
        written = {form.lower(): form for term in self.terms for form in term.forms}
        each = [
            re.escape(written[form]) if written[form].isupper() else f"(?i:{re.escape(form)})" for form in forms
        ]
        return re.compile(rf"(?<![\w.-])(?:{'|'.join(each)})(?![\w-])")


@lru_cache
def get_glossary() -> Glossary:
    declared = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Glossary(
        tuple(
            Term(name=name, means=said["means"], also=tuple(said.get("also", ())))
            for name, said in declared.items()
        )
    )
