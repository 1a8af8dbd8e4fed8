from datetime import UTC, datetime
from decimal import Decimal

from django.db import DatabaseError, connection, transaction
from django.db.models import Case, F, When
from setup import PriceTag

from library.models import Book

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def only_what_changed_is_written(log):
    """`save()` writes the fields that you have changed."""
    return {
        "`save()`": _writes_the_price_alone(log, Book.objects.all()),
        '`save(update_fields=["price"])`': _writes_the_price_alone(
            log, Book.objects.all(), update_fields=["price"]
        ),
        '`only("price")`, then `save()`': _writes_the_price_alone(log, Book.objects.only("price")),
        '`defer("description")`, then `save()`': _writes_the_price_alone(log, Book.objects.defer("description")),
    }


def a_deleted_row_stays_deleted(log):
    """If somebody has deleted the row in the meantime, `save()` fails."""
    return {
        "`save()`": _is_refused(_deleted_tag().save),
        '`save(update_fields=["price"])`': _is_refused(lambda: _deleted_tag().save(update_fields=["price"])),
        "`save(force_update=True)`": _is_refused(lambda: _deleted_tag().save(force_update=True)),
    }


def auto_now_is_set(log):
    """An `auto_now` field is set whenever the row is saved."""
    return {
        "`save()`": _is_stamped(lambda tag: tag.save()),
        '`save(update_fields=["price"])`': _is_stamped(lambda tag: tag.save(update_fields=["price"])),
        '`save(update_fields=["price", "changed_at"])`': _is_stamped(
            lambda tag: tag.save(update_fields=["price", "changed_at"])
        ),
        "`update_or_create()`": _is_stamped(
            lambda tag: PriceTag.objects.update_or_create(pk=tag.pk, defaults={"price": 3})
        ),
        "`update()`": _is_stamped(lambda tag: PriceTag.objects.filter(pk=tag.pk).update(price=3)),
    }


def the_others_stay(log):
    """A row that matches no `When()` keeps its value."""
    dearer = When(pages__gte=500, then=F("price") + 2)
    return {
        "`Case(When(…))`": _keeps(Case(dearer)),
        '`Case(When(…), default=F("price"))`': _keeps(Case(dearer, default=F("price"))),
    }


def _writes_the_price_alone(log, books, **options):
    book = books.order_by("pk")[0]
    book.price += 1
    before = len(log)
    book.save(**options)
    quote = connection.ops.quote_name
    changes = list(log)[before].sql.partition(" SET ")[2].partition(" WHERE ")[0]
    return changes.startswith(quote("price")) and changes.count(" = ") == 1


def _tag():
    return PriceTag.objects.create(book=Book.objects.order_by("pk")[0], price=2)


def _deleted_tag():
    tag = _tag()
    PriceTag.objects.filter(pk=tag.pk).delete()
    return tag


def _is_refused(write):
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return True
    return False


def _is_stamped(write):
    tag = _tag()
    PriceTag.objects.filter(pk=tag.pk).update(changed_at=_LONG_AGO)
    tag.price = Decimal(3)
    write(tag)
    return PriceTag.objects.get(pk=tag.pk).changed_at > _LONG_AGO


def _keeps(case):
    short = Book.objects.filter(pages__lt=500).order_by("pk")
    before = list(short.values_list("price", flat=True))
    return not _is_refused(lambda: Book.objects.update(price=case)) and before == list(
        short.values_list("price", flat=True)
    )
