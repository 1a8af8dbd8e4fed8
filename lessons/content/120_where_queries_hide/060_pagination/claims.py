import warnings

from django.core.paginator import Paginator
from django.db.models import Q
from setup import PAGE_SIZE, Offer


def one_count_is_enough(log):
    """A `Paginator` counts the rows once, however many pages it shows."""
    offers = Offer.objects.order_by("-pk")
    paginator = Paginator(offers, PAGE_SIZE)
    pages_of_one = [paginator.get_page(number) for number in (1, 2)]
    counted_for_one = len(log)
    pages_of_two = [Paginator(offers, PAGE_SIZE).get_page(number) for number in (1, 2)]  # as two requests do
    assert len(pages_of_one) == len(pages_of_two)
    return {
        "two pages of one `Paginator`": counted_for_one == 1,
        "two requests, with a `Paginator` each": len(log) - counted_for_one == 1,
    }


def each_row_on_one_page(log):
    """If the queryset has an `order_by()`, each row is on exactly one page."""
    offers = Offer.objects.filter(pk__lte=50 * PAGE_SIZE)
    return {
        '`order_by("book")`, many offers for each book': _are_all_shown(offers.order_by("book_id")),
        '`order_by("book", "pk")`': _are_all_shown(offers.order_by("book_id", "pk")),
    }


def django_tells_you(log):
    """Django tells you if the order of a queryset is not good enough for pages."""
    by_book = Offer.objects.order_by("book_id")
    return {
        "no order: `Paginator` warns": _warns(Offer.objects.all()),
        "an order with ties: `Paginator` warns": _warns(by_book),
        "an order with ties: `totally_ordered` is false": getattr(by_book, "totally_ordered", None) is False,
    }


def the_list_changes(log):
    """If the list changes between two requests, the next page still goes on where the first one ended."""
    offers = Offer.objects.order_by("-pk")
    newest = offers[0].pk
    before, after = offers.exclude(pk=newest), offers  # as if the newest offer came in between the requests
    return {
        "OFFSET, a new row came in": _follows(_offset(before, 1), _offset(after, 2)),
        "OFFSET, a row was deleted": _follows(_offset(after, 1), _offset(before, 2)),
        "keyset, a new row came in": _follows(first := _offset(before, 1), _keyset(after, first[-1])),
        "keyset, a row was deleted": _follows(first := _offset(after, 1), _keyset(before, first[-1])),
    }


def two_columns_use_the_index(log):
    """With an index on price and id, keyset pages by price jump to their first row."""
    offers = Offer.objects.order_by("price", "pk")
    price, pk = offers.values_list("price", "pk")[40_000]
    either = offers.filter(Q(price__gt=price) | Q(price=price, pk__gt=pk))
    return {
        "`Q(price__gt=…) | Q(price=…, pk__gt=…)`": _jumps(either),
        "the same, and `price__gte=…`": _jumps(either.filter(price__gte=price)),
    }


def _are_all_shown(offers):
    pages = [_offset(offers, number) for number in range(1, 51)]
    return len({pk for page in pages for pk in page}) == 50 * PAGE_SIZE


def _warns(offers):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Paginator(offers, PAGE_SIZE)
    return bool(caught)


def _offset(offers, page):
    return list(offers.values_list("pk", flat=True)[PAGE_SIZE * (page - 1) : PAGE_SIZE * page])


def _keyset(offers, before):
    return list(offers.filter(pk__lt=before).values_list("pk", flat=True)[:PAGE_SIZE])


def _follows(first, second):
    """The keys go down without gaps."""
    return second[0] == first[-1] - 1


def _jumps(offers):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    return any(words in offers[:PAGE_SIZE].explain() for words in ("SEARCH", "Index Cond", " range "))
