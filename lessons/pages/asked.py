"""What an address asks for."""

from lab.engines import NAMES, get_engine
from lab.exceptions import ShelfMissing
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.course.contract import LessonError
from lessons.pages.addresses import DEFAULT_BOOKS
from lessons.pages.errors.faults import (
    NoSuchPage,
    WrongValue,
    nearest_name,
    nearest_number,
    shown,
    whole_number,
)
from lessons.runs.shelved import ShelvedLesson


def opening_engine(lesson):
    """Name of the engine that a lesson opens on: the first of its own that is at hand, as far as is known."""
    return next((name for name in lesson.engines if not get_engine(name).off()), lesson.default_engine)


def engine_from(request, lesson):
    """Return the Engine that the address asks for. Raises WrongValue."""
    name = request.GET.get("engine", opening_engine(lesson))
    if name not in NAMES:
        raise WrongValue(
            f"There is no engine “{shown(name)}”. There are: {', '.join(NAMES)}.",
            engine=nearest_engine(name),
        )
    return get_engine(name)


def nearest_engine(text):
    """The name of the engine that the text is most like, or whose label it is like: MariaDB's name is mysql."""
    called = {**{name: name for name in NAMES}, **{get_engine(name).label: name for name in NAMES}}
    return called[nearest_name(text, [*called])]


def shelved_from(request, lesson, *, up_to=None):
    """Return the lesson on the shelf that the address asks for. Raises WrongValue, or LabError.

    up_to: where the address names none, the largest shelf of no more books than this, not the usual one
    """
    engine = engine_from(request, lesson)
    sizes = engine.sizes()
    if not sizes:
        raise without_shelves(engine)
    opens_on = max((size for size in sizes if up_to and size <= up_to), default=DEFAULT_BOOKS)
    if "books" not in request.GET and opens_on not in sizes:
        raise engine.missing(opens_on)
    text = request.GET.get("books", str(opens_on))
    books = whole_number(text)
    if books is not None and books in sizes:
        return ShelvedLesson(lesson=lesson, shelf=Shelf(books=books, engine_name=engine.name))
    there = ", ".join(f"{size:,}" for size in sizes)
    how = f"python manage.py seed_library --engine {engine.name} --books {books}" if books else "one of those"
    raise WrongValue(
        f"There is no shelf of “{shown(text)}” books on {engine.label}. There are: {there}. To have it: {how}.",
        books=str(nearest_number(text, sizes, otherwise=_usual(sizes))),
    )


def _usual(sizes):
    return DEFAULT_BOOKS if DEFAULT_BOOKS in sizes else sizes[0]


def without_shelves(engine):
    """Return the error of an engine that has none of any size."""
    command = f"python manage.py seed_library --engine {engine.name}"
    return ShelfMissing(f"{engine.label} has no shelves yet. Make them: {command}")


def of_course(what, name):
    """Return the "lesson" or the "track" of this name in a path.

    Raises LessonError where its folder is broken, NoSuchPage where there is none.
    """
    catalog = get_catalog()
    if fault := catalog.fault(name):
        raise LessonError(fault.lesson, fault.fault, fault.remedy)
    return find(getattr(catalog, what), name, what=what)


def find(look_up, name, *, what):
    """Return `look_up(name)`, of a name in the path. Raises NoSuchPage where there is none.

    what: "lesson", for the sentence that says so
    """
    try:
        return look_up(name)
    except KeyError:
        raise NoSuchPage(f"There is no {what} “{shown(name)}” here.") from None


def variant_from(request, lesson, *, by, default):
    """Return the variant that `by` in the address names. Raises WrongValue."""
    name, names = request.GET.get(by, default), [variant.name for variant in lesson.variants]
    if name not in names:
        raise WrongValue(
            f"This lesson has no variant “{shown(name)}”. It has: {', '.join(names)}.",
            **{by: nearest_name(name, [default, *names])},
        )
    return lesson.variant(name)


def pair_from(request, lesson):
    """Return the two variants that the address sets side by side. Raises WrongValue."""
    sides = {"left": "naive", "right": "optimized"}
    return tuple(variant_from(request, lesson, by=side, default=name) for side, name in sides.items())
