from django.core.exceptions import MultipleObjectsReturned
from django.db import IntegrityError
from django.db.models import QuerySet
from setup import Box, Drawer

from library.models import Book, Country, Genre


class _Overtaken(QuerySet):
    """As soon as a look-up finds nothing, somebody else inserts the row."""

    def get(self, **lookup):
        try:
            return super().get(**lookup)
        except self.model.DoesNotExist:
            self.model.objects.create(**lookup, label="of somebody else")
            raise


def it_is_atomic(log):
    """`get_or_create()` is atomic: two calls at the same time make only one row."""
    country = _country()
    for model in (Drawer, Box):
        _Overtaken(model).get_or_create(country=country, defaults={"label": "ours"})
    return {
        "a unique constraint on the fields of the look-up": Drawer.objects.filter(country=country).count() == 1,
        "no unique constraint": Box.objects.filter(country=country).count() == 1,
    }


def try_and_except_are_the_same(log):
    """`get()` in a `try`, and `create()` in its `except`, do the same as `get_or_create()`."""
    country = _country()

    def by_hand(drawers):
        try:
            return drawers.get(country=country)
        except Drawer.DoesNotExist:
            return Drawer.objects.create(country=country, label="ours")

    overtaken = _succeeds(by_hand, _Overtaken(Drawer))
    Drawer.objects.all().delete()
    made, found = by_hand(Drawer.objects), by_hand(Drawer.objects)
    return {
        "nobody else inserts the row": made == found,
        "somebody else inserts it first": overtaken,
    }


def it_returns_a_row(log):
    """Whatever is in the table, `get_or_create()` returns a row."""
    country = _country()
    answers = {}
    for rows in ("no row", "one row", "two rows"):
        answers[f"{rows} for the look-up"] = _succeeds(Box.objects.get_or_create, country=country)
        if rows != "no row":
            Box.objects.create(country=country, label="one more")
    return answers


def all_values_make_the_look_up(log):
    """Pass all values of the row to `get_or_create()`: it finds the row, or makes it from them."""
    country = _country()
    Drawer.objects.create(country=country, label="written by hand")
    return {
        "the unique field alone, and the others in `defaults`": _succeeds(
            Drawer.objects.get_or_create, country=country, defaults={"label": "ours"}
        ),
        "all values in the look-up": _succeeds(Drawer.objects.get_or_create, country=country, label="ours"),
    }


def a_genre_is_found(log):
    """`book.genres.get_or_create(name=…)` finds a genre by its unique name, or makes it."""
    book = Book.objects.order_by("pk")[0]
    own = book.genres.order_by("pk")[0].name
    other = Genre.objects.exclude(books=book).order_by("pk")[0].name
    return {
        "a genre of this book": _succeeds(book.genres.get_or_create, name=own),
        "a genre that does not exist yet": _succeeds(book.genres.get_or_create, name="Sea shanties"),
        "a genre that only other books have": _succeeds(book.genres.get_or_create, name=other),
    }


def the_change_is_written(log):
    """`update_or_create()` locks the row and writes only what has changed."""
    country, label = _country(), {"label": "ours"}
    Drawer.objects.create(country=country, **label)
    Drawer.objects.update_or_create(country=country, defaults=label)
    (update,) = [query.sql for query in log if query.sql.startswith("UPDATE")] or [""]
    new, _ = Drawer.objects.update_or_create(
        country=Country.objects.order_by("-pk")[0], defaults=label, create_defaults={"label": "made"}
    )
    return {
        "it locks the row": any(query.sql.endswith("FOR UPDATE") for query in log),
        "where nothing has changed, nothing is written": not update,
        "the columns in `defaults` are written, and no other": "label" in update and "country" not in update,
        "a new row takes `defaults` too, beside `create_defaults`": new.label == "ours",
    }


def _country():
    return Country.objects.order_by("pk")[0]


def _succeeds(function, *arguments, **values):
    try:
        function(*arguments, **values)
    except (IntegrityError, MultipleObjectsReturned):
        return False
    return True
