"""The switches of a lesson's pages: every position is a link."""

from dataclasses import dataclass

from django.urls import reverse

from lab.engines import NAMES, all_engines, get_engine
from lab.shelves import Shelf
from lessons.pages.offered import PAGES, offered_pages

DEFAULT_BOOKS = 100


class NotOffered(Exception):
    """An address asks for what is not there. The message says what is."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One position of a switch: a link."""

    label: str
    url: str
    current: bool
    key: str  # unique on the page, so that the focus stays when the lab is swapped
    off: str | None = None  # why it cannot be had; the link then leads to the remedy


def variant_choices(lesson, shelf, *, current):
    pages = {**{variant.name: variant.title for variant in lesson.variants}, **offered_pages(lesson)}
    return [
        Choice(
            label=label,
            url=lesson_url(lesson, name, shelf),
            current=name == current,
            key=f"show-{name}",
        )
        for name, label in pages.items()
    ]


def shelf_choices(lesson, shelf, *, page, **query):
    return [
        Choice(
            label=f"{size:,}",
            url=lesson_url(lesson, page, Shelf(books=size, engine_name=shelf.engine_name), **query),
            current=size == shelf.books,
            key=f"books-{size}",
        )
        for size in shelf.engine.sizes()
    ]


def pair_choices(lesson, shelf, *, page, left, right, **query):
    """Links to `left` beside each of the other variants, where there are more than two."""
    others = [variant for variant in lesson.variants if variant.name != left.name]
    if len(others) < 2:
        return []
    return [
        Choice(
            label=f"{left.title} and {other.title}",
            url=lesson_url(lesson, page, shelf, left=left.name, right=other.name, **query),
            current=other == right,
            key=f"pair-{other.name}",
        )
        for other in others
    ]


def engine_choices(lesson, shelf, *, page, **query):
    def there(name):
        return lesson_url(lesson, page, Shelf(books=shelf.books, engine_name=name), **query)

    return engine_links(shelf, there)


def engine_links(shelf, there):
    """Choices of all engines. there: returns the address of what is shown, on the engine of a name"""
    return [_engine_choice(engine, shelf, there(engine.name)) for engine in all_engines()]


def _engine_choice(engine, shelf, there):
    off = engine.off()
    return Choice(
        label=engine.label,
        url=f"{reverse('status')}#{engine.name}" if off else there,
        current=engine.name == shelf.engine_name,
        key=f"engine-{engine.name}",
        off=off,
    )


def lesson_url(lesson, page=None, shelf=None, **query):
    """The address of a lesson, or of one of its pages, with the shelf and whatever else it shall say."""
    names = {"track": lesson.track, "slug": lesson.slug}
    query = {**_shelf_query(lesson, shelf), **query} or None
    if page is None:
        return reverse("lesson", kwargs=names, query=query)
    if page in (*PAGES, "claims"):
        return reverse(page, kwargs=names, query=query)
    name, _, part = page.partition("/")
    if part == "orders":
        return reverse("orders", kwargs={**names, "name": name}, query=query)
    if part:
        return reverse("plan", kwargs={**names, "name": name, "n": part.removeprefix("plan/")}, query=query)
    return reverse("variant", kwargs={**names, "name": name}, query=query)


def orders_page(variant):
    """What lesson_url() calls the page of all orders of a variant's races."""
    return f"{variant.name}/orders"


def plan_page(variant, n):
    """What lesson_url() calls the plan of statement n of a variant."""
    return f"{variant.name}/plan/{n}"


def claims_url(lesson, shelf=None):
    """Claims are put to the test on a shelf of their own size, on the engine that is looked at."""
    return lesson_url(lesson, "claims", shelf and Shelf(books=DEFAULT_BOOKS, engine_name=shelf.engine_name))


def _shelf_query(lesson, shelf):
    """What an address says of a shelf."""
    if shelf is None:
        return {}
    engine = {} if shelf.engine_name == lesson.default_engine else {"engine": shelf.engine_name}
    return engine if lesson.has_races else {**engine, "books": shelf.books}


def shelf_from(request, lesson):
    """Return the Shelf that the address asks for. Raises NotOffered, or EngineUnavailable."""
    engine = engine_from(request, lesson)
    text = request.GET.get("books", str(DEFAULT_BOOKS))
    sizes = engine.sizes()
    if text.isdecimal() and int(text) in sizes:
        return Shelf(books=int(text), engine_name=engine.name)
    there = ", ".join(f"{size:,}" for size in sizes) or "none yet"
    how = (
        f"python manage.py seed_library --engine {engine.name} --books {int(text)}"
        if text.isdecimal() and int(text)
        else "one of those"
    )
    raise NotOffered(
        f"There is no shelf of “{text}” books on {engine.label}. There are: {there}. To have it: {how}."
    )


def opening_engine(lesson):
    """Name of the engine that a lesson opens on: the first of its own that is at hand, as far as is known."""
    return next((name for name in lesson.engines if not get_engine(name).off()), lesson.default_engine)


def engine_from(request, lesson):
    """Return the Engine that the address asks for. Raises NotOffered."""
    name = request.GET.get("engine", opening_engine(lesson))
    if name not in NAMES:
        raise NotOffered(f"There is no engine “{name}”. There are: {', '.join(NAMES)}.")
    return get_engine(name)
