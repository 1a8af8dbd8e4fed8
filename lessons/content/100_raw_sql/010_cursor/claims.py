from django.db import DatabaseError, connection
from django.db.models import Max
from django.db.models.functions import TruncMonth

from library.models import Author, Book, Sale


def by_month_with_a_cursor(log):
    """A report by month needs a cursor and the SQL function `DATE_TRUNC('month', …)`."""
    months = Book.objects.exclude(published_on=None).values_list(TruncMonth("published_on")).distinct()
    return {
        "`DATE_TRUNC` works here": _works("SELECT DISTINCT DATE_TRUNC('month', published_on) FROM library_book"),
        "the ORM cannot do it": not list(months),
    }


def named_like_the_model(log):
    """In SQL, a table has the name of its model, as in `SELECT id, name FROM user`."""
    return {
        "`author`": _works("SELECT id, name FROM author"),
        "`user`": _works("SELECT id, name FROM user"),
        "what `Author._meta.db_table` says": _works(f"SELECT id, name FROM {Author._meta.db_table}"),
    }


def a_wrong_table_is_an_error(log):
    """If the SQL names a table that does not exist, the database raises an error."""
    return {
        "`SELECT * FROM author`": not _works("SELECT * FROM author"),
        "`SELECT * FROM user`": not _works("SELECT * FROM user"),
    }


def by_hand_it_fetches_less(log):
    """Raw SQL can be faster than the ORM, because it fetches only the columns that you need."""
    by_hand, objects, tuples = (
        _cells(log, fetch)
        for fetch in (
            lambda: _rows("SELECT id, pages FROM library_book"),
            lambda: list(Book.objects.all()),
            lambda: list(Book.objects.values_list("id", "pages")),
        )
    )
    return {
        "it fetches less than a loop over objects": by_hand < objects,
        "it fetches less than `values_list()`": by_hand < tuples,
    }


def values_come_as_from_the_orm(log):
    """A cursor returns the same values as `values_list()`."""
    books, sales = Book.objects.filter(published_on__isnull=False).order_by("pk"), Sale.objects.order_by("pk")
    where = "FROM library_book WHERE published_on IS NOT NULL"
    pairs = {
        "a number": (f"SELECT pages {where} ORDER BY id", books.values_list("pages")),
        "a price": (f"SELECT price {where} ORDER BY id", books.values_list("price")),
        "a boolean": (f"SELECT is_published {where} ORDER BY id", books.values_list("is_published")),
        "a date": (f"SELECT published_on {where} ORDER BY id", books.values_list("published_on")),
        "a time": ("SELECT sold_at FROM library_sale ORDER BY id", sales.values_list("sold_at")),
        "the latest date, by `MAX()`": (
            f"SELECT MAX(published_on) {where}",
            [tuple(books.aggregate(Max("published_on")).values())],
        ),
    }
    return {name: _typed(_rows(sql)) == _typed(rows) for name, (sql, rows) in pairs.items()}


def a_percent_sign_is_doubled(log):
    """In the SQL for a cursor, you must write each percent sign twice, unless it is part of a placeholder."""
    one, two = "SELECT id FROM library_book WHERE '10%' <> 'x'", "SELECT '10%%' FROM library_book WHERE id > 0"
    return {
        "with parameters, two become one": _rows(f"{two} AND id > %s", [0])[0] == ("10%",),
        "with parameters, one is an error": not _works(f"{one} AND id > %s", [0]),
        "without parameters, two become one": _rows(two)[0] == ("10%",),
        "without parameters, one is an error": not _works(one),
    }


def _rows(sql, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _works(sql, parameters=None):
    try:
        _rows(sql, parameters)
    except (DatabaseError, ValueError):  # ValueError: the driver of MariaDB, of a lone percent sign
        return False
    return True


def _cells(log, fetch):
    fetch()
    return log[-1].rows * log[-1].columns


def _typed(rows):
    return [[(type(value), value) for value in row] for row in rows]
