from itertools import accumulate
from time import perf_counter

from django.core.exceptions import FieldError
from django.db import DatabaseError, connection
from django.db.models import F, Max, Q, RowRange, Sum, Window
from django.db.models.functions import LastValue, Rank

from library.models import Book

_ORDER = ["-sales_count", "pk"]


def slower_than_a_loop(log):
    """Window functions are slower than a loop in Python."""
    _double(until=4_000)
    few, one_by_one = _seconds(lambda: _windows(100), lambda: _queries(100), rounds=3)
    all_of_them, accumulated = _seconds(_windows, _accumulated, rounds=15)
    return {
        "a loop with a query for each of 100 books": few > one_by_one,
        "a loop over two columns of all books": all_of_them > accumulated,
    }


def the_rank_stays(log):
    """A book keeps its rank, whatever you filter by."""
    ranked = Book.objects.annotate(rank=Window(Rank(), order_by=_ORDER))
    last = ranked.order_by("-rank")[0]
    return {
        "a filter by a column, `filter(pk=…)`": ranked.get(pk=last.pk).rank == last.rank,
        "a filter by the rank, `filter(rank=…)`": ranked.get(rank=last.rank).rank == last.rank,
        "both": [book.rank for book in ranked.filter(rank=last.rank, pk=last.pk)] == [last.rank],
    }


def a_running_total(log):
    """`Window(Sum("sales_count"), order_by=…)` adds up row by row."""
    total = Sum("sales_count")
    return {
        "the order leaves rows equal": _adds_up(Window(total, order_by="-sales_count")),
        "the order ends with the primary key": _adds_up(Window(total, order_by=_ORDER)),
        "`frame=RowRange(end=0)`": _adds_up(Window(total, order_by="-sales_count", frame=RowRange(end=0))),
        "no order": _adds_up(Window(total)),
    }


def the_last_of_the_window(log):
    """`LastValue()` gives every row the last value of the whole window."""
    least = Book.objects.order_by("sales_count")[0].sales_count
    windows = {
        "as it stands": Window(LastValue("sales_count"), order_by=_ORDER),
        "with `frame=RowRange()`": Window(LastValue("sales_count"), order_by=_ORDER, frame=RowRange()),
    }
    return {
        name: set(Book.objects.annotate(last=window).values_list("last", flat=True)) == {least}
        for name, window in windows.items()
    }


def like_any_annotation(log):
    """A window can be used like any other annotation."""
    ranked = Book.objects.annotate(rank=Window(Rank(), order_by="-sales_count"))
    best = ranked.filter(rank__lte=3)
    uses = {
        "`filter(rank__lte=3)`": lambda: list(best),
        "`filter(Q(rank=1) | Q(stock=0))`": lambda: list(ranked.filter(Q(rank=1) | Q(stock=0))),
        '`order_by("rank")`': lambda: list(ranked.order_by("rank")),
        '`aggregate(Max("rank"))`': lambda: ranked.aggregate(Max("rank")),
        "`filter(rank__lte=3).count()`": lambda: best.count(),
        "`filter(rank__lte=3).explain()`": lambda: best.explain(),
        '`update(stock=F("rank"))`': lambda: ranked.update(stock=F("rank")),
    }
    return {name: _works(use) for name, use in uses.items()}


def _windows(shown=None):
    books = Book.objects.annotate(
        rank=Window(Rank(), order_by="-sales_count"), so_far=Window(Sum("sales_count"), order_by=_ORDER)
    )
    return list(books.order_by(*_ORDER).values_list("pk", "rank", "so_far")[:shown])


def _queries(shown):
    return [
        Book.objects.filter(sales_count__gt=book.sales_count).count()
        for book in Book.objects.order_by(*_ORDER)[:shown]
    ]


def _accumulated():
    books = Book.objects.order_by(*_ORDER).values_list("pk", "sales_count")
    return list(accumulate(sold for _, sold in books))


def _seconds(*ways, rounds):
    """The best time of each, taken in turns, so that other work on the machine slows all of them."""
    best = [float("inf")] * len(ways)
    for _ in range(rounds):
        for number, way in enumerate(ways):
            start = perf_counter()
            way()
            best[number] = min(best[number], perf_counter() - start)
    return best


def _double(*, until):
    columns = "title, author_id, publisher_id, price, pages, description, is_published, stock"
    while Book.objects.count() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO library_book (isbn, sales_count, {columns})"
                f" SELECT id + %s, sales_count + 1, {columns} FROM library_book",
                [10_000_000 * Book.objects.count()],
            )


def _adds_up(window):
    books = Book.objects.annotate(so_far=window).order_by("-sales_count", "so_far", "pk")
    return [book.so_far for book in books] == list(accumulate(book.sales_count for book in books))


def _works(use):
    try:
        use()
    except (DatabaseError, FieldError):
        return False
    return True
