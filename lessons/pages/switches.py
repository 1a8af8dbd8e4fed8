"""The switches of a lesson's pages: every position is a link."""

from dataclasses import dataclass

from django.urls import reverse

from lab.engines import get_engine
from lab.shelves import Shelf

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


def variant_choices(lesson, shelf, *, current):
    pages = [(variant.name, variant.title) for variant in lesson.variants]
    pages += [("compare", "Side by side"), ("curve", "The curve")]
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


def pair_choices(lesson, *, page, left, right, **query):
    """Links to `left` beside each of the other variants, where there are more than two."""
    others = [variant for variant in lesson.variants if variant.name != left.name]
    if len(others) < 2:
        return []
    return [
        Choice(
            label=f"{left.title} and {other.title}",
            url=lesson_url(lesson, page, left=left.name, right=other.name, **query),
            current=other == right,
            key=f"pair-{other.name}",
        )
        for other in others
    ]


def lesson_url(lesson, page=None, **query):
    track_and_slug = {"track": lesson.track, "slug": lesson.slug}
    if page is None:
        return reverse("lesson", kwargs=track_and_slug, query=query or None)
    if page in ("compare", "curve", "claims"):
        return reverse(page, kwargs=track_and_slug, query=query or None)
    return reverse("variant", kwargs={**track_and_slug, "name": page}, query=query or None)


def shelf_from(request):
    """Return the Shelf that the address asks for. Raises NotOffered."""
    text = request.GET.get("books", str(DEFAULT_BOOKS))
    sizes = get_engine().sizes()
    if text.isdecimal() and int(text) in sizes:
        return Shelf(books=int(text))
    there = ", ".join(f"{size:,}" for size in sizes) or "none yet"
    how = (
        f"python manage.py seed_library --books {int(text)}" if text.isdecimal() and int(text) else "one of those"
    )
    raise NotOffered(f"There is no shelf of “{text}” books. There are: {there}. To have it: {how}.")
