"""What the pages show, as plain data. Templates have no logic worth testing."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from django.urls import reverse

from lab.engines import get_engine
from lab.report import Report, Status, Wall
from lab.shelves import Shelf
from lessons.contract import Lesson, Variant
from lessons.listing import list_file
from lessons.running import environment, measure_variant, record_variant
from library import seeding

DEFAULT_BOOKS = 100
PREDICT_BOOKS = 100
OUTLINE_BOOKS = 1_000
MEASURED_RUNS = 7


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One position of a switch: a link."""

    label: str
    url: str
    current: bool
    key: str  # unique on the page, so that the focus stays when the lab is swapped


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A lesson in a list of lessons, with the counts it declares at OUTLINE_BOOKS."""

    lesson: Lesson
    url: str
    naive: int
    optimized: int
    needs: str | None  # where the optimized variant cannot run here: "Django >=6.1"

    @property
    def saves(self):
        """What it saves, where it is not queries: "time", say."""
        return " and ".join(self.lesson.saves)


def outline(catalog):
    """Return [{"track", "entries"}] for the lists of lessons."""
    return [outline_track(track) for track in catalog.tracks]


def outline_track(track):
    return {"track": track, "entries": [_entry(lesson) for lesson in track.lessons], "books": OUTLINE_BOOKS}


def _entry(lesson):
    here = environment(Shelf(books=OUTLINE_BOOKS))
    naive, optimized = lesson.variant("naive"), lesson.variant("optimized")
    return Entry(
        lesson=lesson,
        url=lesson_url(lesson),
        naive=naive.counts[OUTLINE_BOOKS].value(here),
        optimized=optimized.counts[OUTLINE_BOOKS].value(here),
        needs=f"Django {optimized.django}" if optimized.needs(here) else None,
    )


def shelf_from(request):
    """Return the Shelf that the address asks for. Raises ValueError, with what to do instead."""
    text = request.GET.get("books", str(DEFAULT_BOOKS))
    sizes = get_engine().sizes()
    if text.isdecimal() and int(text) in sizes:
        return Shelf(books=int(text))
    there = ", ".join(f"{size:,}" for size in sizes) or "none yet"
    how = (
        f"python manage.py seed_library --books {int(text)}" if text.isdecimal() and int(text) else "one of those"
    )
    raise ValueError(f"There is no shelf of “{text}” books. There are: {there}. To have it: {how}.")


def lesson_url(lesson, page=None, **query):
    track_and_slug = {"track": lesson.track, "slug": lesson.slug}
    if page is None:
        return reverse("lesson", kwargs=track_and_slug, query=query or None)
    if page in ("compare", "claims"):
        return reverse(page, kwargs=track_and_slug, query=query or None)
    return reverse("variant", kwargs={**track_and_slug, "name": page}, query=query or None)


@dataclass(frozen=True, kw_only=True)
class Lab:
    """The part of a page that a switch swaps: one variant on one shelf."""

    lesson: Lesson
    variant: Variant
    shelf: Shelf
    report: Report
    wall: Wall | None = None

    @cached_property
    def listings(self):
        groups = self.report.groups
        return [list_file(path, name=name, groups=groups) for name, path in shown_files(self.lesson, self.variant)]

    @property
    def variant_choices(self):
        return variant_choices(self.lesson, self.shelf, current=self.variant.name)

    @property
    def shelf_choices(self):
        return shelf_choices(self.lesson, self.shelf, page=self.variant.name)

    @property
    def engine_version(self):
        return self.shelf.engine.version()

    @property
    def measure_url(self):
        return lesson_url(self.lesson, self.variant.name, books=self.shelf.books, measure=1)

    @property
    def times(self):
        """(database, Python) of the measured median, in nanoseconds, by the recorded run's shares."""
        return self.report.split(self.wall.median)

    @property
    def expected_error(self):
        return self.report.status == Status.RAISED and self.report.error_type == self.variant.raises


def make_lab(lesson, variant, shelf, *, measure=False):
    report = record_variant(lesson, variant, shelf)
    wall = None
    if measure and report.status == Status.OK:
        wall = measure_variant(lesson, variant, shelf, runs=MEASURED_RUNS)
    return Lab(lesson=lesson, variant=variant, shelf=shelf, report=report, wall=wall)


@dataclass(frozen=True, kw_only=True)
class Question:
    """The naive code unrun, and the guess, scored, if there is one."""

    lesson: Lesson
    shelf: Shelf
    guess: str
    report: Report | None  # of the naive variant, once the reader has guessed

    @property
    def sizes(self):
        """[(plural name, rows)] of the tables on the shelf."""
        return [(model._meta.verbose_name_plural, rows) for model, rows in seeding.sizes(self.shelf.books).items()]

    @property
    def listings(self):
        return [
            list_file(path, name=name) for name, path in shown_files(self.lesson, self.lesson.variant("naive"))
        ]

    @property
    def is_right(self):
        return self.report is not None and int(self.guess) == self.report.queries

    @property
    def next_url(self):
        return lesson_url(self.lesson, "naive", books=self.shelf.books)


def make_question(lesson, guess):
    """Score the guess, if it is one. Raises ValueError for what is not a number."""
    shelf = Shelf(books=PREDICT_BOOKS)
    guess = guess.strip().replace(",", "")
    if guess and not guess.isdecimal():
        raise ValueError(f"“{guess}” is not a number of queries. Go back and guess with digits: 0, 1, 42 ….")
    report = record_variant(lesson, lesson.variant("naive"), shelf) if guess else None
    return Question(lesson=lesson, shelf=shelf, guess=guess, report=report)


def shown_files(lesson, variant):
    """Return [(name, path)] of what runs: the variant's own file, then templates as they are first mentioned."""
    text, shown = variant.source, [variant.path]
    templates = {path.name: path for path in sorted(lesson.folder.glob("templates/**/*.*"))}
    while mentioned := [name for name in templates if name in text]:
        path = templates.pop(min(mentioned, key=text.index))
        text += path.read_text(encoding="utf-8")
        shown.append(path)
    return [(path.relative_to(lesson.folder).as_posix(), path) for path in shown]


def variant_choices(lesson, shelf, *, current):
    pages = [(variant.name, variant.title) for variant in lesson.variants] + [("compare", "Side by side")]
    return [
        Choice(
            label=label,
            url=lesson_url(lesson, name, books=shelf.books),
            current=name == current,
            key=f"show-{name}",
        )
        for name, label in pages
    ]


def shelf_choices(lesson, shelf, *, page, **query):
    return [
        Choice(
            label=f"{size:,}",
            url=lesson_url(lesson, page, books=size, **query),
            current=size == shelf.books,
            key=f"books-{size}",
        )
        for size in shelf.engine.sizes()
    ]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One line of one file in a comparison; `number` is None where the other file has a line more."""

    number: int | None = None
    html: str = ""
    count: int = 0
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two variants, both just run on one shelf."""

    lesson: Lesson
    shelf: Shelf
    left: Lab
    right: Lab

    @property
    def same_rows(self):
        return self.left.report.digest == self.right.report.digest

    @property
    def both_ended(self):
        return self.left.report.status == self.right.report.status == Status.OK

    @property
    def rows(self):
        """The first files of both, aligned: a list of (Side, Side)."""
        return list(align(self.left.listings[0].lines, self.right.listings[0].lines, self._texts))

    @property
    def sides(self):
        """The two labs, each with a prefix that keeps their anchors apart."""
        return [{"lab": self.left, "prefix": "left-"}, {"lab": self.right, "prefix": "right-"}]

    @property
    def _texts(self):
        return [side.variant.source.splitlines() for side in (self.left, self.right)]

    @property
    def variant_choices(self):
        return variant_choices(self.lesson, self.shelf, current="compare")

    @property
    def shelf_choices(self):
        return shelf_choices(
            self.lesson,
            self.shelf,
            page="compare",
            left=self.left.variant.name,
            right=self.right.variant.name,
        )

    @property
    def other_pairs(self):
        """Links to the naive variant beside each of the others, where there are more than two."""
        others = [v for v in self.lesson.variants if v.name != self.left.variant.name]
        if len(others) < 2:
            return []
        return [
            Choice(
                label=f"{self.left.variant.title} and {other.title}",
                url=lesson_url(
                    self.lesson,
                    "compare",
                    books=self.shelf.books,
                    left=self.left.variant.name,
                    right=other.name,
                ),
                current=other == self.right.variant,
                key=f"pair-{other.name}",
            )
            for other in others
        ]


def make_comparison(lesson, shelf, left, right):
    return Comparison(
        lesson=lesson,
        shelf=shelf,
        left=make_lab(lesson, left, shelf),
        right=make_lab(lesson, right, shelf),
    )


def align(left, right, texts):
    """Yield (Side, Side) for two lists of Lines, by the longest matching stretches of their texts."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        for offset in range(max(i2 - i1, j2 - j1)):
            yield (
                _side(left, i1 + offset, i2, changed=tag != "equal"),
                _side(right, j1 + offset, j2, changed=tag != "equal"),
            )


def _side(lines, index, end, *, changed):
    if index >= end:
        return Side(changed=changed)
    line = lines[index]
    return Side(number=line.number, html=line.html, count=line.count, changed=changed)
