from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from django.core.exceptions import ValidationError
from django.db import IntegrityError, NotSupportedError
from django.db.models import F
from django.db.models.signals import post_save
from setup import Listing, Preorder

from library.models import Author, Book

_OLD = date(2024, 1, 1)


def a_single_command(log):
    """`update()` is a single SQL statement and loads no rows."""
    _preorder()
    changes = {
        "for the model's own columns": lambda: Listing.objects.update(live=True),
        "with a condition across a relation": lambda: Listing.objects.filter(book__stock=0).update(live=True),
        "for a child's own column": lambda: Preorder.objects.update(ships_on=date.today()),
        "for a column that the child has from its parent": lambda: Preorder.objects.update(live=True),
        "for a column of each": lambda: Preorder.objects.update(ships_on=date.today(), live=True),
    }
    return {what: _queries(log, change) == 1 for what, change in changes.items()}


def whole_or_not_at_all(log):
    """`update()` changes all rows or, if the database refuses one of them, none. It needs no transaction."""
    _preorder()
    Book.objects.update(stock=5)
    Book.objects.filter(pk=Book.objects.order_by("-pk")[0].pk).update(stock=0)
    sold = _fails(IntegrityError, lambda: Book.objects.update(stock=F("stock") - 1))
    moved = _fails(IntegrityError, lambda: Preorder.objects.update(ships_on=date.today(), live=None))
    return {
        "the columns are of one table": sold and Book.objects.order_by("pk")[0].stock == 5,
        "the columns are of a child and its parent": moved and Preorder.objects.get().ships_on == _OLD,
    }


def as_a_loop_would(log):
    """`update()` does for every row what a loop with `save()` does, only faster."""
    listing = _first()
    with patch.object(Listing, "save") as save, _signals(Listing) as sent:
        Listing.objects.update(live=not listing.live)
    return {
        "`save()` is called": save.called,
        "`post_save` is sent": bool(sent),
        "an instance loaded before has the new value": listing.live == _first().live,
        "a value of the wrong type is refused": _fails(ValueError, lambda: Book.objects.update(stock="many")),
        "the database's constraints hold": _fails(IntegrityError, lambda: Listing.objects.update(live=None)),
    }


def auto_now_at_every_change(log):
    """A field with `auto_now` always has the date of the last change."""
    return {
        "after `save()`": _dated(lambda listing: listing.save()),
        'after `save(update_fields=["live"])`': _dated(lambda listing: listing.save(update_fields=["live"])),
        "after `update()`": _dated(lambda listing: Listing.objects.filter(pk=listing.pk).update(live=True)),
        "after `bulk_update()`": _dated(lambda listing: Listing.objects.bulk_update([listing], ["live"])),
    }


def save_would_have_validated(log):
    """`update()` skips the model's validation, which `save()` runs."""
    author = Author.objects.order_by("pk")[0]
    author.email = "not an address"
    same_author = Author.objects.filter(pk=author.pk)
    return {
        "`update()` refuses what is no address": _fails(
            ValidationError, lambda: same_author.update(email=author.email)
        ),
        "`save()` refuses it": _fails(ValidationError, author.save),
        "`full_clean()` refuses it": _fails(ValidationError, author.full_clean),
    }


def rows_that_were_changed(log):
    """`update()` returns the number of rows that it has changed."""
    Listing.objects.update(live=True)
    return Listing.objects.update(live=True) == 0


def it_keeps_its_rows(log):
    """The rows that a queryset has loaded are still there after its `update()`."""
    drafts = Listing.objects.filter(live=False)
    loaded = list(drafts)
    drafts.update(live=True)
    return {
        "in a list made of it before": len(loaded) > 0,
        "in the queryset": len(drafts) == len(loaded),
    }


def order_and_slice_hold(log):
    """`update()` keeps the order and the slice of its queryset."""
    first_three = Listing.objects.order_by("pk")[:3]
    keys = list(first_three.values_list("pk", flat=True))
    Listing.objects.order_by("pk").update(live=True)
    ordered = "ORDER BY" in log[-1].sql
    return {
        "the order": ordered,
        "the slice": not _fails(TypeError, lambda: first_three.update(live=True)),
        "the slice, in `pk__in` as a subquery": not _fails(
            NotSupportedError, lambda: Listing.objects.filter(pk__in=first_three).update(live=True)
        ),
        "the slice, in `pk__in` as a list of keys": Listing.objects.filter(pk__in=keys).update(live=True) == 3,
    }


def _first():
    return Listing.objects.order_by("pk")[0]


def _preorder():
    Preorder.objects.create(book_id=_first().book_id, live=False, ships_on=_OLD)


def _queries(log, change):
    before = len(log)
    change()
    return len(log) - before


@contextmanager
def _signals(sender):
    """The post_save signals that are sent within the block."""
    sent = []

    def receive(**options):
        sent.append(options)

    post_save.connect(receive, sender=sender)
    try:
        yield sent
    finally:
        post_save.disconnect(receive, sender=sender)


def _dated(change):
    Listing.objects.update(changed_on=_OLD)
    change(_first())
    return _first().changed_on != _OLD


def _fails(error, action):
    try:
        action()
    except error:
        return True
    return False
