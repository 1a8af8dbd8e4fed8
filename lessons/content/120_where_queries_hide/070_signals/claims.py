from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal

from django.core import serializers
from django.db.models import F
from django.db.models.signals import post_delete, post_save

from library.models import Author, Book, Customer, Sale


def every_row_that_is_written(log):
    """Django sends `post_save` for every row that it writes."""
    sold, to_move = _sale(), _sale()
    book = Book.objects.order_by("-pk")[0]
    ways = {
        "`save(update_fields=…)`": lambda: sold.save(update_fields=["quantity"]),
        "`update_or_create()`, which updates": lambda: Sale.objects.update_or_create(
            pk=sold.pk, defaults={"quantity": 2}
        ),
        "a fixture, as `loaddata` reads it": lambda: _load(serializers.serialize("json", [sold])),
        "`bulk_create()`": lambda: Sale.objects.bulk_create([_unsaved()]),
        "`bulk_update()`": lambda: Sale.objects.bulk_update([sold], ["quantity"]),
        "`update()`": lambda: Sale.objects.filter(pk=sold.pk).update(quantity=3),
        "`book.sales.add(sale)`": lambda: book.sales.add(to_move),
    }
    return {words: bool(_sent(post_save, Sale, write)) for words, write in ways.items()}


def f_keeps_it_right(log):
    """A receiver that adds one with `F()`, and one that subtracts one after a delete, keep the counter right."""
    first, second = Book.objects.order_by("pk")[:2]
    ways = {
        "`create()`": lambda sale: _sale(),
        "`save()` of a sale that is there": lambda sale: sale.save(),
        "`sale.delete()`": lambda sale: sale.delete(),
        "`delete()` of a queryset": lambda sale: Sale.objects.filter(pk=sale.pk).delete(),
        "a cascade from the customer": lambda sale: sale.customer.delete(),
        "`bulk_create()`": lambda sale: Sale.objects.bulk_create([_unsaved()]),
        "`save()` with another book": lambda sale: _move(sale, second),
    }
    outcome = {}
    for words, write in ways.items():
        customer = Customer.objects.create(name="New", email=f"{len(outcome)}@example.com", country_id=1)
        sale = _sale(customer_id=customer.pk)
        for book in (first, second):
            Book.objects.filter(pk=book.pk).update(sales_count=book.sales.count())
        with _connected(post_save, Sale, _add), _connected(post_delete, Sale, _subtract):
            write(sale)
        outcome[words] = all(_count(book) == book.sales.count() for book in (first, second))
    return outcome


def the_next_sale_heals(log):
    """If a counter has drifted, the next sale puts it right."""
    return {"a receiver that recounts": _heals(_recount), "a receiver that adds one": _heals(_add)}


def an_instance_will_do(log):
    """In a receiver, `book.sales_count = F("sales_count") + 1` and `book.save()` do the same as `update()`."""
    update = _costs(log, lambda: _add(_unsaved(), created=True))
    book = Book.objects.order_by("pk")[0]
    before = _count(book)
    one = _costs(log, lambda: _add_to_the_instance(Sale(book_id=book.pk)))
    after_one = _count(book)
    _add_to_the_instance(Sale(book=book))
    book.save()
    return {
        "one sale: the counter": after_one == before + 1,
        "one sale: the queries": one == update,
        "one sale, and a later `book.save()`": _count(book) == after_one + 1,
    }


def listening_is_free(log):
    """A receiver that does nothing costs no query."""
    deletes = lambda: Sale.objects.filter(book=_new_book_with_sales()).delete()  # noqa: E731
    cascades = lambda: _new_book_with_sales().delete()  # noqa: E731
    return {
        "`post_save`, and a `save()`": _same_cost(log, post_save, lambda: _sale()),
        "`post_delete`, and `sale.delete()`": _same_cost(log, post_delete, lambda: _sale().delete()),
        "`post_delete`, and `delete()` of a queryset": _same_cost(log, post_delete, deletes),
        "`post_delete`, and a cascade to the sales": _same_cost(log, post_delete, cascades),
    }


def _unsaved(**fields):
    at = datetime(2026, 1, 5, 20, tzinfo=UTC)
    return Sale(**{"book_id": 1, "customer_id": 1, "quantity": 1, "amount": Decimal(9), "sold_at": at, **fields})


def _sale(**fields):
    sale = _unsaved(**fields)
    sale.save()
    return sale


def _move(sale, book):
    sale.book = book
    sale.save()


def _load(text):
    for each in serializers.deserialize("json", text):
        each.save()


def _new_book_with_sales():
    author = Author.objects.order_by("pk")[0]
    number = Book.objects.count()
    book = Book.objects.create(title="New", isbn=f"new {number}", author=author, publisher_id=1, price=9, pages=9)
    Sale.objects.bulk_create(_unsaved(book_id=book.pk) for _ in range(3))
    return book


def _add(instance, created, **kwargs):
    if created:
        Book.objects.filter(pk=instance.book_id).update(sales_count=F("sales_count") + 1)


def _subtract(instance, **kwargs):
    Book.objects.filter(pk=instance.book_id).update(sales_count=F("sales_count") - 1)


def _recount(instance, **kwargs):
    Book.objects.filter(pk=instance.book_id).update(sales_count=instance.book.sales.count())


def _add_to_the_instance(instance, **kwargs):
    book = instance.book
    book.sales_count = F("sales_count") + 1
    book.save(update_fields=["sales_count"])


def _heals(receiver):
    book = Book.objects.order_by("pk")[0]
    Book.objects.filter(pk=book.pk).update(sales_count=book.sales.count() + 7)
    with _connected(post_save, Sale, receiver):
        _sale(book_id=book.pk)
    return _count(book) == book.sales.count()


def _count(book):
    return Book.objects.values_list("sales_count", flat=True).get(pk=book.pk)


@contextmanager
def _connected(signal, sender, receiver):
    signal.connect(receiver, sender=sender)
    try:
        yield
    finally:
        signal.disconnect(receiver, sender=sender)


def _sent(signal, sender, act):
    sent = []

    def listen(**kwargs):
        sent.append(kwargs)

    with _connected(signal, sender, listen):
        act()
    return sent


def _costs(log, act):
    before = len(log)
    act()
    return len(log) - before


def _same_cost(log, signal, act):
    unheard = _costs(log, act)
    return _costs(log, lambda: _sent(signal, Sale, act)) == unheard
