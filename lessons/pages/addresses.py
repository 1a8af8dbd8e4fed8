"""The addresses of a lesson's pages."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.http import urlencode

from lab.shelves import Shelf
from lessons.course.contract import Kind, Lesson, Variant
from lessons.pages.offered import refusal

DEFAULT_BOOKS = 100


@dataclass(frozen=True)
class Addresses:
    """Each method takes the shelf that the address shall say, and what else, as names and values of its query."""

    lesson: Lesson

    def question(self) -> str:
        return self._reverse("lesson", None, {})

    def variant(self, variant: Variant, shelf: Shelf | None = None, **said: object) -> str:
        return self._reverse("variant", shelf, said, name=variant.name)

    def plan(self, variant: Variant, n: int, shelf: Shelf, **said: object) -> str:
        """The plan of statement n of a variant."""
        return self._reverse("plan", shelf, said, name=variant.name, n=n)

    def orders(self, variant: Variant, shelf: Shelf, **said: object) -> str:
        """All orders of a variant's race."""
        return self._reverse("orders", shelf, said, name=variant.name)

    def page(self, name: str, shelf: Shelf | None = None, **said: object) -> str:
        """One of lessons.pages.offered.PAGES, which are about all variants."""
        opens_on_its_own = name == "curve" and self.lesson.curve and shelf and shelf.books == DEFAULT_BOOKS
        return self._reverse(name, shelf, said, has_its_own=opens_on_its_own)

    def challenge(self) -> str:
        """The challenge, as the reader's browser reads it."""
        return self._reverse("challenge", None, {})

    def claims(self, shelf: Shelf | None = None) -> str:
        """Claims are put to the test on a shelf of their own size, on the engine that is looked at."""
        return self._reverse("claims", shelf and replace(shelf, books=DEFAULT_BOOKS), {})

    def across_engines(self) -> str:
        """Where the lesson's engines can be compared: by a page of them all, or by a switch."""
        return self.page("compare" if refusal(self.lesson, "engines") else "engines")

    def _reverse(self, view, shelf, said, *, has_its_own=False, **where):
        kwargs = {"track": self.lesson.track, "slug": self.lesson.slug, **where}
        path, query = _path(view, get_script_prefix(), **kwargs), {**self._say(shelf, has_its_own), **said}
        return f"{path}?{urlencode(query, doseq=True)}" if query else path

    def _say(self, shelf, has_its_own):
        """What an address says of a shelf: not what the lesson opens on anyway. Races have one size."""
        if shelf is None:
            return {}
        engine = {} if shelf.engine_name == self.lesson.default_engine else {"engine": shelf.engine_name}
        says_no_books = has_its_own or self.lesson.kind is Kind.RACES
        return engine if says_no_books else {**engine, "books": shelf.books}


@lru_cache(maxsize=4096)
def _path(view: str, prefix: str, **kwargs: object) -> str:
    """A page has dozens, and they are the same on each. prefix: which reverse() puts before it"""
    return reverse(view, kwargs=kwargs)
