from django.db import NotSupportedError

from library.models import Author, Book, Sale


def only_these_rows_are_fetched(log):
    """A slice of a queryset becomes a LIMIT, and the query fetches exactly the rows of the slice."""
    books, loaded = Book.objects.order_by("pk"), Book.objects.order_by("pk")
    number = len(loaded)
    slices = {
        "`[:5]`": (books, slice(5)),
        "`[5:10]`": (books, slice(5, 10)),
        "`[:10:2]`, every other one": (books, slice(0, 10, 2)),
        "`[::2]`": (books, slice(0, None, 2)),
        "`[:5]`, where the queryset has its rows": (loaded, slice(5)),
    }
    return {name: _fetches(log, *wanted) == len(range(number)[wanted[1]]) for name, wanted in slices.items()}


def pages_show_every_sale(log):
    """Pages that are cut from an ordered queryset show every sale exactly once."""
    orders = {"by quantity": ["quantity"], "by quantity, then by primary key": ["quantity", "pk"]}
    return {name: _has_no_repeats(Sale.objects.order_by(*order)) for name, order in orders.items()}


def the_five_in_another_filter(log):
    """`Author.objects.filter(books__in=…)` takes a queryset, even one that is sliced."""
    five = Book.objects.order_by("-sales_count", "pk")[:5]
    loaded = list(five)
    return {
        "the sliced queryset": _works(lambda: Author.objects.filter(books__in=five)),
        "a list of its rows": _works(lambda: Author.objects.filter(books__in=loaded)),
    }


def the_last_by_a_negative_index(log):
    """As with a list, `[-1]` returns the last row of a queryset."""
    books = Book.objects.order_by("pk")
    try:
        return books[-1] == books.last()
    except ValueError:
        return False


def _fetches(log, books, wanted):
    before = len(log)
    list(books[wanted])
    return sum(query.rows for query in list(log)[before:])


def _has_no_repeats(sales):
    keys = [pk for page in range(6) for pk in sales.values_list("pk", flat=True)[5 * page : 5 * page + 5]]
    return len(keys) == len(set(keys))


def _works(make):
    try:
        list(make())
    except NotSupportedError:
        return False
    return True
