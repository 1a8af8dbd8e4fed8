"""What all pages of a lesson have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from lab.engines.base import Engine
from lab.shelves import Shelf
from lessons.course.contract import Lesson, Variant
from lessons.measured.latest import age
from lessons.pages.addresses import Addresses
from lessons.pages.offered import label_of, offered_pages
from lessons.pages.switches import Choice, engine_choices
from lessons.pages.waiting import what_runs
from lessons.runs.shelved import ShelvedLesson

_SHORTCUTS = {"naive": "n", "optimized": "o", "compare": "c"}  # keys, as frontend/keys.js presses them


@dataclass(frozen=True, kw_only=True)
class LessonPage:
    """A page of a lesson on a shelf, as plain data. Its template has the name and the folder of its module.

    A subclass says what it is called, where it is (`there`), and what else its address says (`said`).
    """

    shelved: ShelvedLesson

    has_code: ClassVar[bool] = False  # of a variant, or of two

    # What follows a subclass says by an attribute, or works out by a property.

    @property
    def heading(self) -> str:
        """What the title begins with."""
        return ""

    @property
    def current(self) -> str | None:
        """The position of the switch: a variant's name, or one of PAGES."""
        return None

    @property
    def has_prose(self) -> bool:
        """Whether the lesson's prose comes after it."""
        return True

    @property
    def gained(self) -> tuple[Variant, ...]:
        """The variants whose gain it shows."""
        return self.lesson.variant("naive"), self.lesson.variant("optimized")

    @property
    def scripts(self) -> tuple[str, ...]:
        """Static files that it needs beside those of all pages of the lesson."""
        return ()

    @property
    def lesson(self) -> Lesson:
        return self.shelved.lesson

    @property
    def shelf(self) -> Shelf:
        return self.shelved.shelf

    @property
    def template(self) -> str:
        """lessons.pages.runs.lab → lessons/runs/lab.html"""
        return f"{type(self).__module__.replace('.pages.', '.').replace('.', '/')}.html"

    @property
    def title(self) -> str:
        """Of the browser's tab."""
        return ": ".join(filter(None, [self.heading, self.lesson.title]))

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.lesson)

    def there(self, shelf: Shelf, **said: object) -> str:
        """Return the address of a page like this one on a shelf, which says this beside it."""
        return self.addresses.page(str(self.current), shelf, **said)

    @property
    def said(self) -> dict[str, Any]:
        """What the address says beside the shelf."""
        return {}

    def url(self, shelf: Shelf | None = None, **said: object) -> str:
        """The address of this page, on another shelf or with something else said where that is given."""
        return self.there(shelf or self.shelf, **{**self.said, **said})

    @property
    def measure_url(self) -> str:
        return self.url(measure=1)

    @property
    def work(self) -> str:
        """What it has to run, in words, where that takes long."""
        return self.work_on(self.shelf.engine)

    def work_on(self, engine: Engine) -> str:
        """The same of this page on another engine."""
        return what_runs(self.lesson, str(self.current), engine)

    @property
    def engine_version(self) -> str:
        return self.shelf.engine.version()

    # The switches.

    @property
    def tabs(self) -> list[Choice]:
        """The naive and the optimized variant, and the pages that are about all."""
        pages = [
            replace(
                self._tab(name, label, self.to_page(name)),
                runs=what_runs(self.lesson, name, self.shelf.engine),
            )
            for name, label in offered_pages(self.lesson).items()
        ]
        return [*map(self._variant_tab, self.lesson.variants[:2]), *pages]

    @property
    def other_ways(self) -> list[Choice]:
        """The variants beside the pair, in a menu of their own."""
        return [*map(self._variant_tab, self.lesson.variants[2:])]

    @property
    def other_way(self) -> Choice | None:
        """The one of them that is shown."""
        return next((choice for choice in self.other_ways if choice.current), None)

    def _variant_tab(self, variant: Variant) -> Choice:
        tab = self._tab(variant.name, variant.title, self.to_variant(variant))
        says_it = variant.title.lower() == variant.name or variant.name not in ("naive", "optimized")
        return tab if says_it else replace(tab, role=variant.name)

    def _tab(self, name: str, label: str, url: str) -> Choice:
        return Choice(
            label=label,
            url=url,
            current=name == self.current,
            key=f"show-{name}",
            shortcut=_SHORTCUTS.get(name, ""),
        )

    def to_variant(self, variant: Variant) -> str:
        """Where the switch leads from here."""
        return self.addresses.variant(variant, self.shelf)

    def to_page(self, name: str) -> str:
        return self.addresses.page(name, self.shelf)

    @property
    def compare_url(self) -> str:
        """The naive and the optimized variant side by side."""
        return self.to_page("compare")

    @property
    def shelf_choices(self) -> Sequence[Choice]:
        return [
            Choice(
                label=f"{size:,}",
                url=self.url(replace(self.shelf, books=size)),
                current=size == self.shelf.books,
                key=f"books-{size}",
            )
            for size in self.shelf.engine.sizes()
        ]

    @property
    def engine_choices(self) -> Sequence[Choice]:
        return engine_choices(
            self.shelf, lambda name: self.url(replace(self.shelf, engine_name=name)), self.work_on
        )


class PageOfAll(LessonPage):
    """One of PAGES, which are about all variants. A subclass says which, as `current`."""

    @property
    def heading(self) -> str:
        return label_of(self.lesson, str(self.current))


class Measured:
    """Mixin of a page whose figures were measured lately, with `measured_at`."""

    measured_at: Any

    @property
    def age(self) -> int:
        """Seconds since it was measured."""
        return age(self)
