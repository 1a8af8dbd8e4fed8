from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, F, Max

from library.models import Book


def whatever_comes_first(log):
    """Without an order in your code, the statement has no ORDER BY, and you get any row."""
    books = Book.objects.all()
    return {
        "`first()`": _is_unordered(log, lambda: books.first()),
        "`last()`": _is_unordered(log, lambda: books.last()),
        "`first()`, after `order_by()` cleared the order": _is_unordered(log, lambda: books.order_by().first()),
        "`[0]`": _is_unordered(log, lambda: books[0]),
        '`order_by("price").get()`, of one that matches': _is_unordered(
            log, lambda: books.order_by("price").get(pk=books[0].pk)
        ),
    }


def the_last_is_the_newest(log):
    """Ordered by date, the last book is the one with the latest date."""
    books = Book.objects.order_by("published_on")
    newest = Book.objects.aggregate(newest=Max("published_on"))["newest"]
    nulls_first = Book.objects.order_by(F("published_on").asc(nulls_first=True))
    nulls_last = Book.objects.order_by(F("published_on").desc(nulls_last=True))
    return {
        '`order_by("published_on").last()`': books.last().published_on == newest,
        '`order_by("-published_on").first()`': books.reverse().first().published_on == newest,
        '`latest("published_on")`': books.latest("published_on").published_on == newest,
        "`last()`, ordered with `nulls_first=True`": nulls_first.last().published_on == newest,
        "`first()`, descending with `nulls_last=True`": nulls_last.first().published_on == newest,
        "`last()` of those that have a date": books.exclude(published_on=None).last().published_on == newest,
    }


def none_where_there_is_none(log):
    """If no row matches, you get `None`."""
    nothing = Book.objects.filter(price__lt=0)
    return {
        "`first()`": _gives_none(lambda: nothing.first()),
        "`last()`": _gives_none(lambda: nothing.last()),
        "`earliest()`, `latest()`": _gives_none(lambda: nothing.latest("pk")),
        "`get()`": _gives_none(lambda: nothing.get()),
        "`[0]`": _gives_none(lambda: nothing[0]),
    }


def last_reads_to_the_end(log):
    """To find the last row, `last()` fetches all rows before it."""
    Book.objects.order_by("price", "pk").last()
    Book.objects.order_by("-price", "-pk").first()
    return log[0].rows > 1 or log[0].sql != log[1].sql


def first_of_any_queryset(log):
    """`first()` works on every queryset that you can loop over."""
    by_author = Book.objects.values("author").annotate(number=Count("pk"))
    return {
        "grouped, ordered": _works(lambda: by_author.order_by("author").first()),
        "grouped, without an order": _works(lambda: by_author.first()),
        "grouped, the order cleared": _works(lambda: by_author.order_by().first()),
        "sliced, ordered": _works(lambda: Book.objects.order_by("pk")[5:].first()),
        "sliced, without an order": _works(lambda: Book.objects.all()[5:].first()),
    }


def _is_unordered(log, ask):
    ask()
    return "ORDER BY" not in log[-1].sql


def _gives_none(ask):
    try:
        return ask() is None
    except (ObjectDoesNotExist, IndexError):
        return False


def _works(ask):
    try:
        ask()
    except TypeError:
        return False
    return True
