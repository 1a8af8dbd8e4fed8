"""What an address asks for."""

from django.http import Http404

from lab.engines import NAMES, get_engine
from lab.exceptions import ShelfMissing
from lab.shelves import Shelf
from lessons.pages.addresses import DEFAULT_BOOKS
from lessons.runs.shelved import ShelvedLesson


class NotOffered(Exception):
    """An address asks for what is not there. The message says what is."""


def opening_engine(lesson):
    """Name of the engine that a lesson opens on: the first of its own that is at hand, as far as is known."""
    return next((name for name in lesson.engines if not get_engine(name).off()), lesson.default_engine)


def engine_from(request, lesson):
    """Return the Engine that the address asks for. Raises NotOffered."""
    name = request.GET.get("engine", opening_engine(lesson))
    if name not in NAMES:
        raise NotOffered(f"There is no engine “{name}”. There are: {', '.join(NAMES)}.")
    return get_engine(name)


def shelved_from(request, lesson):
    """Return the lesson on the shelf that the address asks for. Raises NotOffered, or LabError."""
    engine = engine_from(request, lesson)
    sizes = engine.sizes()
    if not sizes:
        raise without_shelves(engine)
    if "books" not in request.GET and DEFAULT_BOOKS not in sizes:
        raise engine.missing(DEFAULT_BOOKS)
    text = request.GET.get("books", str(DEFAULT_BOOKS))
    if text.isdecimal() and int(text) in sizes:
        return ShelvedLesson(lesson=lesson, shelf=Shelf(books=int(text), engine_name=engine.name))
    there = ", ".join(f"{size:,}" for size in sizes)
    how = (
        f"python manage.py seed_library --engine {engine.name} --books {int(text)}"
        if text.isdecimal() and int(text)
        else "one of those"
    )
    raise NotOffered(
        f"There is no shelf of “{text}” books on {engine.label}. There are: {there}. To have it: {how}."
    )


def without_shelves(engine):
    """Return the error of an engine that has none of any size."""
    command = f"python manage.py seed_library --engine {engine.name}"
    return ShelfMissing(f"{engine.label} has no shelves yet. Make them: {command}")


def find(look_up, name):
    """Return `look_up(name)`. Raises Http404, in words, where there is none."""
    try:
        return look_up(name)
    except KeyError:
        raise Http404(f"There is no {name} in this course.") from None


def pair_from(request, lesson):
    """Return the two variants that the address sets side by side. Raises Http404."""
    get = request.GET.get
    return find(lesson.variant, get("left", "naive")), find(lesson.variant, get("right", "optimized"))
