from datetime import UTC, datetime
from decimal import Decimal

from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_save
from setup import Offer

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_NEW_PRICE = Decimal("1.23")


def an_upsert_is_update_or_create(log):
    """`bulk_create(update_conflicts=True)` does what `update_or_create()` does for each object."""
    Offer.objects.update(created_at=_LONG_AGO, updated_at=_LONG_AGO)
    one, other, third, last = Offer.objects.order_by("pk")[:4]
    _upsert([Offer(isbn=one.isbn, price=_NEW_PRICE, copies=1)], ["price"])
    _upsert([Offer(isbn=other.isbn, price=_NEW_PRICE, copies=1)], ["price", "updated_at"])
    heard = _heard(lambda: _upsert([Offer(isbn=third.isbn, price=_NEW_PRICE, copies=1)], ["price"]))
    return {
        "the named column is written": _again(one).price == _NEW_PRICE,
        "a column without a name stays": _again(one).copies == one.copies,
        "`auto_now` is written": _again(one).updated_at > _LONG_AGO,
        "`auto_now` is written if you name it": _again(other).updated_at > _LONG_AGO,
        "`post_save` is sent": heard,
        "an object with only the changed values will do": _is_done(
            lambda: _upsert([Offer(isbn=last.isbn, price=_NEW_PRICE)], ["price"])
        ),
    }


def the_last_one_wins(log):
    """If the list has the same ISBN twice, the last one wins."""
    offers = [Offer(isbn="9790000000001", price=price, copies=1) for price in (1, 2)]
    return {
        "in one batch": _is_done(lambda: _upsert(offers, ["price"]))
        and Offer.objects.get(isbn="9790000000001").price == 2,
        "in two batches": _is_done(lambda: _upsert(offers, ["price"], batch_size=1))
        and Offer.objects.get(isbn="9790000000001").price == 2,
    }


def a_key_for_each_new_row(log):
    """Only a row that is really inserted uses up a number of the primary key."""
    known = list(Offer.objects.order_by("pk"))
    _upsert([Offer(isbn=offer.isbn, price=1, copies=1) for offer in known], ["price"])
    after_upsert = Offer.objects.create(isbn="9790000000001", price=1, copies=1).pk
    for offer in known:
        Offer.objects.update_or_create(isbn=offer.isbn, defaults={"price": 2})
    after_loop = Offer.objects.create(isbn="9790000000002", price=1, copies=1).pk
    return {
        "an upsert": after_upsert == known[-1].pk + 1,
        "`update_or_create()`": after_loop == after_upsert + 1,
    }


def it_returns_what_was_inserted(log):
    """`bulk_create(ignore_conflicts=True)` returns the rows that it has inserted."""
    known = Offer.objects.order_by("pk")[0]
    before = Offer.objects.count()
    returned = Offer.objects.bulk_create(
        [Offer(isbn=isbn, price=1, copies=1) for isbn in (known.isbn, "9790000000001")], ignore_conflicts=True
    )
    return {
        "the row that was there is not in the list": len(returned) == Offer.objects.count() - before,
        "the new row has its key": returned[-1].pk is not None,
    }


def _upsert(offers, fields, **options):
    with_target = connection.features.supports_update_conflicts_with_target
    Offer.objects.bulk_create(
        offers,
        update_conflicts=True,
        update_fields=fields,
        unique_fields=["isbn"] if with_target else None,
        **options,
    )


def _again(offer):
    return Offer.objects.get(pk=offer.pk)


def _is_done(write):
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return False
    return True


def _heard(write):
    heard = []

    def receive(**kwargs):
        heard.append(True)

    post_save.connect(receive, sender=Offer)
    try:
        write()
    finally:
        post_save.disconnect(receive, sender=Offer)
    return bool(heard)
