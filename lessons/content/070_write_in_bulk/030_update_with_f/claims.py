from decimal import Decimal

from django.core.exceptions import FieldError
from django.db import DataError
from django.db.models import F
from django.db.models.functions import Round

from library.models import Book


def nothing_is_lost(log):
    """With `F()` the database computes the new value, so nothing that others wrote in between is lost."""
    return {
        "the stock, after `book.stock += 1`": _keeps_stock(_add_in_python),
        '…after `book.stock = F("stock") + 1`': _keeps_stock(_add_with_f),
        '…after `.update(stock=F("stock") + 1)`': _keeps_stock(_add_by_update),
        'the title, after `book.stock = F("stock") + 1` and `save()`': _keeps_title(_add_with_f),
        "…if `save()` is told `update_fields`": _keeps_title(_add_with_f, update_fields=["stock"]),
    }


def the_instance_knows(log):
    """After `book.stock = F("stock") + 5` and `save()`, the instance holds the new number."""
    book = _first()
    new = book.stock + 5
    book.stock = F("stock") + 5
    book.save()
    before = len(log)
    known = book.stock == new
    asked = len(log) - before
    book.save()
    return {
        "`book.stock` is the number": known,
        "…and no further query fetches it": known and not asked,
        "a second `save()` adds nothing": Book.objects.filter(pk=book.pk, stock=new).exists(),
    }


def one_update_one_look(log):
    """In one UPDATE, every `F()` stands for the value that the column had before the statement."""
    Book.objects.filter(pk=_first().pk).update(pages=100, stock=5)
    Book.objects.filter(pk=_first().pk).update(pages=F("stock"), stock=F("pages"))
    book = _first()
    return (book.pages, book.stock) == (5, 100)


def f_follows_a_path(log):
    """`update()` can take a value from another table: `F("author__joined_on")`."""
    try:
        Book.objects.update(published_on=F("author__joined_on"))
    except FieldError:
        return False
    return True


def ten_per_cent_more(log):
    """`Book.objects.update(price=F("price") * 1.10)` raises every price by ten per cent, to the cent."""
    return {
        '`F("price") * 1.10`': _raises(lambda: Book.objects.update(price=F("price") * 1.10)),
        '`F("price") * Decimal("1.10")`': _raises(lambda: Book.objects.update(price=F("price") * Decimal("1.10"))),
        '`Round(F("price") * Decimal("1.10"), 2)`': _raises(
            lambda: Book.objects.update(price=Round(F("price") * Decimal("1.10"), 2))
        ),
        '`book.price *= Decimal("1.10")`, then `save()`': _raises(_multiply_in_python),
    }


def the_column_has_its_limits(log):
    """The database refuses a price that is too large for its column."""
    Book.objects.update(price=Decimal("99999.99"))
    try:
        Book.objects.update(price=F("price") * Decimal("1.10"))
    except DataError:
        return True
    return False


def _first():
    return Book.objects.order_by("pk")[0]


def _keeps_stock(add):
    mine, theirs = _first(), _first()
    _add_in_python(theirs)
    add(mine)
    return _first().stock == theirs.stock + 1


def _keeps_title(add, **options):
    mine, theirs = _first(), _first()
    theirs.title += ", second edition"
    theirs.save()
    add(mine, **options)
    return _first().title == theirs.title


def _add_in_python(book):
    book.stock += 1
    book.save()


def _add_with_f(book, **options):
    book.stock = F("stock") + 1
    book.save(**options)


def _add_by_update(book):
    Book.objects.filter(pk=book.pk).update(stock=F("stock") + 1)


def _multiply_in_python():
    book = _first()
    book.price *= Decimal("1.10")
    book.save()


def _raises(change):
    """Whether it makes 6.11 of 5.55, and a query for 6.11 finds it."""
    Book.objects.update(price=Decimal("5.55"))
    change()
    return Book.objects.filter(pk=_first().pk, price=Decimal("6.11")).exists()
