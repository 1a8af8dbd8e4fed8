from datetime import UTC, datetime, timedelta
from time import perf_counter

from django.db import DatabaseError, NotSupportedError, connection
from django.db.models import F, Index, Max, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from library.models import Author, Book, Country, Customer, Publisher, Sale

_FEW = "2,000 customers, two sales each, and no index for it"
_MANY = "five customers, 8,192 sales each, and an index"
_ROUNDS = 7  # in turns, so that other work on the machine slows both; the best of each counts
_NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def one_sale_for_each_customer(log):
    """`Max("sold_at")` of a customer, compared with `sold_at`, finds one sale for each customer."""
    customer = Customer.objects.order_by("pk")[0]
    latest = Sale.objects.annotate(latest=Max("customer__sales__sold_at")).filter(sold_at=F("latest"))
    _sell(customer, amount=5)
    one = latest.filter(customer=customer).count()
    _sell(customer, amount=30)
    two = latest.filter(customer=customer).count()
    return {"sales at different times": one == 1, "two sales in the same second": two == 1}


def a_condition_afterwards(log):
    """A further `.filter(amount__gte=30)` keeps those latest sales that are 30 or more."""
    customer = Customer.objects.order_by("pk")[0]
    _sell(customer, amount=30)
    _sell(customer, amount=5)
    ways = {"a window": _by_window, "a `Subquery`": _by_subquery, "`DISTINCT ON`": _by_distinct_on}
    return {
        name: _finds_nothing(latest().filter(customer=customer, amount__gte=30)) for name, latest in ways.items()
    }


def the_latest_date(log):
    """The first row in the order of `-published_on` is the latest book."""
    author = Author.objects.create(name="", email="", joined_on=_NOON, country=Country.objects.order_by("pk")[0])
    for number, day in enumerate([None, _NOON]):
        Book.objects.create(
            isbn=f"{number}",
            author=author,
            publisher=Publisher.objects.order_by("pk")[0],
            price=5,
            pages=100,
            published_on=day,
        )
    books = author.books
    return {
        '`"-published_on"`': books.order_by("-published_on")[0].published_on is not None,
        '`F("published_on").desc(nulls_last=True)`': books.order_by(F("published_on").desc(nulls_last=True))[
            0
        ].published_on
        is not None,
    }


def distinct_on_beats_a_subquery(log):
    """`DISTINCT ON` is the fastest way, and faster than a subquery for each customer."""
    if connection.vendor != "postgresql":
        return dict.fromkeys((_FEW, _MANY), False)
    _fill(customers=2_000, doublings=1)
    few = _distinct_on_is_faster()
    with connection.schema_editor() as editor:
        editor.add_index(Sale, Index(fields=["customer", "-sold_at", "-id"], name="sale_of_customer_latest"))
    _fill(customers=5, doublings=13)
    return {_FEW: few, _MANY: _distinct_on_is_faster()}


def explained(log):
    """`.explain()` shows the plan of each of these querysets."""
    ways = {"a window": _by_window, "a `Subquery`": _by_subquery, "`DISTINCT ON`": _by_distinct_on}
    return {name: _is_explained(latest()) for name, latest in ways.items()}


def _by_window():
    place = Window(RowNumber(), partition_by="customer", order_by=["-sold_at", "-pk"])
    return Sale.objects.annotate(place=place).filter(place=1)


def _by_subquery():
    sales = Sale.objects.filter(customer=OuterRef("pk")).order_by("-sold_at", "-pk")
    latest = Customer.objects.annotate(latest=Subquery(sales.values("pk")[:1])).values("latest")
    return Sale.objects.filter(pk__in=latest)


def _by_distinct_on():
    return Sale.objects.order_by("customer", "-sold_at", "-pk").distinct("customer")


def _sell(customer, amount):
    book = Book.objects.order_by("pk")[0]
    Sale.objects.create(book=book, customer=customer, quantity=1, amount=amount, sold_at=_NOON)


def _finds_nothing(sales):
    try:
        return not list(sales)
    except NotSupportedError:
        return False


def _is_explained(sales):
    try:
        return bool(sales.explain())
    except DatabaseError:
        return False


def _fill(*, customers, doublings):
    """Each customer has one sale, whose number is then doubled so many times."""
    Sale.objects.all().delete()
    Customer.objects.all().delete()
    country, book = Country.objects.order_by("pk")[0], Book.objects.order_by("pk")[0]
    Customer.objects.bulk_create(
        (Customer(name="", email=f"{number}", country=country) for number in range(customers)), batch_size=500
    )
    columns = "customer_id, book_id, quantity, amount"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO library_sale (sold_at, {columns}) SELECT %s, id, %s, 1, 5 FROM library_customer",
            [connection.ops.adapt_datetimefield_value(_NOON), book.pk],
        )
        for hours in range(1, doublings + 1):
            cursor.execute(
                f"INSERT INTO library_sale (sold_at, {columns}) SELECT %s, {columns} FROM library_sale",
                [connection.ops.adapt_datetimefield_value(_NOON + timedelta(hours=hours))],
            )
        cursor.execute("ANALYZE library_sale, library_customer")


def _distinct_on_is_faster():
    pairs = [(_seconds(_by_distinct_on()), _seconds(_by_subquery())) for _ in range(_ROUNDS)]
    at_once, one_by_one = (min(times) for times in zip(*pairs, strict=True))
    return at_once < one_by_one


def _seconds(sales):
    """As plain rows: to make instances of them takes as long after either query, and longer than the queries."""
    start = perf_counter()
    list(sales.values_list("pk", "amount"))
    return perf_counter() - start
