from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models import Count, Max, Q
from django.test.utils import isolate_apps
from setup import Branch, Stock, StockRow

from library.models import Book


def any_number_of_pairs(log):
    """`filter()` with a `Q` for each pair, joined by OR, finds any number of rows in one query."""
    pairs = [(1 + number % 3, number) for number in range(1, 2_001)]
    return {
        "two hundred pairs, a `Q` for each": _runs(StockRow.objects.filter(_any_of(pairs[:200]))),
        "two thousand pairs, a `Q` for each": _runs(StockRow.objects.filter(_any_of(pairs))),
        "two thousand pairs, `pk__in`": _runs(Stock.objects.filter(pk__in=pairs)),
        "two thousand pairs, `in_bulk()`": _runs(Stock.objects.in_bulk(pairs)),
    }


def found_by_the_key(log):
    """The database finds the rows by the index of the composite key."""
    return {
        "`pk=(1, 5)`": _is_looked_up(Stock.objects.filter(pk=(1, 5))),
        "`pk__in` with three pairs": _is_looked_up(Stock.objects.filter(pk__in=[(1, 5), (2, 6), (3, 7)])),
        "`branch=1`, the first column alone": _is_looked_up(Stock.objects.filter(branch=1)),
    }


def a_second_one_is_refused(log):
    """The key is unique, so saving a second row with the same key raises an `IntegrityError`."""
    first = StockRow.objects.get(branch=1, book=1)
    return {
        "`save()` with a surrogate key": _is_refused(StockRow(branch_id=1, book_id=1, copies=9).save),
        "`save()` with a composite key": _is_refused(Stock(branch_id=1, book_id=1, copies=9).save),
        "`create()` with a composite key": _is_refused(
            lambda: Stock.objects.create(branch_id=1, book_id=1, copies=9)
        ),
        "the old number of copies is kept": Stock.objects.get(pk=(1, 1)).copies == first.copies,
    }


def a_key_can_be_changed(log):
    """To move copies to another branch, set `stock.branch` and call `save()`."""
    other = Branch.objects.create(name="Airport")
    row, stock = StockRow.objects.get(branch=1, book=1), Stock.objects.get(pk=(1, 1))
    for moved in (row, stock):
        moved.branch = other
        moved.save()
    updated = Stock.objects.filter(pk=(2, 1)).update(branch=other.pk, book=2)
    return {
        "surrogate key: the row has moved": not StockRow.objects.filter(branch=1, book=1).exists(),
        "composite key: the row has moved": not Stock.objects.filter(pk=(1, 1)).exists(),
        "composite key, `update()`: the row has moved": updated == 1
        and not Stock.objects.filter(pk=(2, 1)).exists(),
    }


def a_model_like_any_other(log):
    """A model with a composite key can do whatever other models can."""
    return {
        "`get(pk=(1, 1))`": Stock.objects.get(pk=(1, 1)).book_id == 1,
        '`order_by("pk")`': Stock.objects.order_by("pk").first().pk == (1, 1),
        "`filter(pk__gt=(1, 5))`, for the next page": Stock.objects.filter(pk__gt=(1, 5), branch__lte=1).count()
        == Book.objects.count() - 5,
        '`Count("pk")`': _computes(lambda: Stock.objects.aggregate(count=Count("pk"))),
        '`Max("pk")`': _computes(lambda: Stock.objects.aggregate(last=Max("pk"))),
        "a `ForeignKey` to it": _foreign_key_passes_checks(),
        "the admin": _can_be_registered(),
    }


def it_takes_less_room(log):
    """A composite key takes less room than an `id` with a unique constraint."""
    return _bytes_written(Stock) < 0.95 * _bytes_written(StockRow)


def _any_of(pairs):
    condition = Q()
    for branch, book in pairs:
        condition |= Q(branch=branch, book=book)
    return condition


def _runs(rows):
    try:
        list(rows)
    except OperationalError:
        return False
    return True


def _is_looked_up(stocks):
    """Whether an index leads to the rows, even in a table so small that PostgreSQL would rather read it all."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
        plan = stocks.explain()
    return any(words in plan for words in ("SEARCH", "Index Cond", " const ", " range ", " ref "))


def _is_refused(write):
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def _computes(ask):
    try:
        ask()
    except ValueError:
        return False
    return True


@isolate_apps("library")
def _foreign_key_passes_checks():
    class Reservation(models.Model):
        stock = models.ForeignKey(Stock, models.CASCADE, related_name="+")

        class Meta:
            app_label = "library"

        def __str__(self):
            return f"Reservation {self.pk}"

    return "fields.E347" not in [error.id for error in Reservation._meta.get_field("stock").check()]


def _can_be_registered():
    try:
        AdminSite().register(Stock, ModelAdmin)
    except ImproperlyConfigured:
        return False
    return True


def _bytes_written(model):
    """By three thousand rows, in a table that is made anew."""
    with connection.schema_editor() as editor:
        editor.delete_model(model)
        editor.create_model(model)
    before = _bytes(model)
    books = list(Book.objects.values_list("pk", flat=True))
    Branch.objects.bulk_create(Branch(name=f"Branch {number}") for number in range(3_000 // len(books)))
    branches = list(Branch.objects.values_list("pk", flat=True))
    model.objects.bulk_create(
        [model(branch_id=branch, book_id=book, copies=1) for branch in branches for book in books][:3_000]
    )
    return _bytes(model) - before


def _bytes(model):
    table = model._meta.db_table
    word = "ANALYZE TABLE" if connection.vendor == "mysql" else "ANALYZE"
    size = {
        "sqlite": "SELECT page_count - freelist_count FROM pragma_page_count(), pragma_freelist_count()",
        "postgresql": f"SELECT pg_total_relation_size('{table}')",
        "mysql": "SELECT data_length + index_length FROM information_schema.tables"
        f" WHERE table_schema = DATABASE() AND table_name = '{table}'",
    }
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {table}")
        cursor.execute(size[connection.vendor])
        return int(cursor.fetchone()[0])
