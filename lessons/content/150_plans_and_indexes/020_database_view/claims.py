from time import perf_counter

from django.db import DatabaseError, connection, models, transaction
from setup import SELECT, BookTotals, StoredTotals, refresh

from library.models import Book, Customer, Sale


def a_view_is_fast(log):
    """A view is faster than the query in it, because the database has it ready."""
    return _seconds("SELECT * FROM book_totals") * 2 < _seconds(SELECT)


def up_to_date(log):
    """A view shows each change at once."""
    _sell(1_000_000)
    before = _sold(BookTotals), _sold(StoredTotals)
    refresh()
    return {
        "a view": before[0] >= 1_000_000,
        "a materialized view, or a table in its place": before[1] >= 1_000_000,
        "the same, after it was refreshed": _sold(StoredTotals) >= 1_000_000,
    }


def an_ordinary_model(log):
    """An unmanaged model of a view can do what other models can."""
    row = BookTotals.objects.get(pk=1)
    return {
        "`filter()` and `select_related()`": BookTotals.objects.filter(sold__gte=0, book__pages__gt=0)
        .select_related("book")
        .exists(),
        "`Subquery()` by the key": Book.objects.annotate(
            sold=models.Subquery(BookTotals.objects.filter(book=models.OuterRef("pk")).values("sold"))
        )
        .filter(sold__gte=0)
        .exists(),
        "`save()`": _works(row.save),
        "`delete()`": _works(row.delete),
    }


def tables_can_change(log):
    """A migration can still alter a table that a view reads."""
    sold = models.PositiveBigIntegerField()
    sold.set_attributes_from_name("quantity")
    stock = models.PositiveBigIntegerField(default=0)
    stock.set_attributes_from_name("stock")
    return {
        "a column that the view reads": _alters(Sale, "quantity", sold),
        "another column of the same table": _alters(Book, "stock", stock),
    }


def _sell(quantity):
    Sale.objects.create(
        book_id=1,
        customer=Customer.objects.order_by("pk")[0],
        quantity=quantity,
        amount=0,
        sold_at="2030-01-01 00:00Z",
    )


def _sold(model):
    return model.objects.get(pk=1).sold


def _works(write):
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return False
    return True


def _alters(model, name, field):
    field.model = model
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(model, model._meta.get_field(name), field)
    except DatabaseError:
        return False
    return True


def _seconds(sql):
    """The best of some runs."""
    best = float("inf")
    with connection.cursor() as cursor:
        for _ in range(5):
            start = perf_counter()
            cursor.execute(sql)
            cursor.fetchall()
            best = min(best, perf_counter() - start)
    return best
