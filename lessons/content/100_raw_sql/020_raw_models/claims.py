from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, connection, models

from library.models import Author, Book, Review


def full_instances(log):
    """`raw()` returns model instances with all of their fields."""
    every, some = Book.objects.raw("SELECT * FROM library_book"), Book.objects.raw("SELECT id FROM library_book")
    return {
        "they are instances of the model": all(type(book) is Book for book in [*every, *some]),
        "all fields are there, with `SELECT *`": not every[0].get_deferred_fields(),
        "all fields are there, with some columns": not some[0].get_deferred_fields(),
        "what is missing comes in one query": _queries(log, lambda: (some[0].title, some[0].pages)) == 1,
    }


def a_queryset_like_any_other(log):
    """`raw()` returns a queryset, which has all methods of a queryset."""
    books = Book.objects.raw("SELECT * FROM library_book ORDER BY id")
    uses = {
        "a loop": lambda: list(books),
        "`len()`": lambda: len(books),
        "a slice": lambda: books[:2],
        "`prefetch_related()`": lambda: list(books.prefetch_related("author")),
        "`iterator()`": lambda: list(books.iterator()),
        "`book__in`": lambda: list(Review.objects.filter(book__in=books)),
        "`select_related()`": lambda: books.select_related("author"),
        "`filter()`": lambda: books.filter(pages=1),
        "`count()`": lambda: books.count(),
        "`exists()`": lambda: books.exists(),
    }
    return {use: _works(run) for use, run in uses.items()}


def the_cache_answers(log):
    """A raw queryset runs when it is needed, runs once, and fetches only the rows that you ask for."""
    books = Book.objects.raw("SELECT * FROM library_book ORDER BY id")
    before = len(log)
    first = books[0]
    fetched, after = log[-1].rows, len(log)
    again = [first, *books, len(books), bool(books)]
    return {
        "no query before it is needed": before == 0,
        "`[0]` fetches one row": fetched == 1,
        "a second use sends no query": len(log) == after and len(again) > 1,
    }


def it_starts_from_the_queryset(log):
    """`raw()` finds only rows of the queryset or the manager that it is called on."""
    book, sql = Book.objects.order_by("pk")[0], "SELECT * FROM library_book"
    return {
        "`filter(pk=…).raw(…)` finds one book": len(Book.objects.filter(pk=book.pk).raw(sql)) == 1,
        "`author.books.raw(…)` finds this author's": {book.author_id}
        == {found.author_id for found in book.author.books.raw(sql)},
    }


def any_columns_will_do(log):
    """The SQL for `raw()` may select any columns. Those that are no fields become attributes."""
    return {
        "a column of another name": _works(lambda: _first("SELECT id, 'x' AS mark FROM library_book").mark),
        "a column with the name of a relation": _works(lambda: _first("SELECT id, 7 AS sales FROM library_book")),
        "no primary key": _works(lambda: _first("SELECT title FROM library_book")),
        "the primary key as `pk`": _works(lambda: _first("SELECT id AS pk, title FROM library_book")),
        "the primary key as `number`, in `translations`": _works(
            lambda: _first("SELECT id AS number, title FROM library_book", translations={"number": "id"})
        ),
    }


def a_join_knows_its_tables(log):
    """If the SQL selects both tables of a join with `*`, each object has the columns of its own table."""
    join = "FROM library_book AS book JOIN library_author AS author ON author.id = book.author_id"
    titles = dict(Book.objects.values_list("pk", "title"))
    return {
        f"`SELECT {columns}`": all(
            titles.get(book.pk) == book.title for book in Book.objects.raw(f"SELECT {columns} {join}")
        )
        for columns in ("book.*, author.*", "author.*, book.*")
    }


def it_is_the_models_row(log):
    """An `Author` object from `raw()` is a row of the authors' table."""
    customer = Author.objects.raw("SELECT id, name, email FROM library_customer ORDER BY id")[0]
    return Author.objects.filter(pk=customer.pk, email=customer.email).exists()


def the_fetch_mode_holds(log):
    """With `fetch_mode(FETCH_PEERS)`, Django fetches a column that `raw()` left out for all books at once."""
    return {
        "`fetch_mode(FETCH_PEERS).raw(…)`": _with_peers(log, lambda books: books),
        "with `prefetch_related()` behind it": _with_peers(log, lambda books: books.prefetch_related("genres")),
    }


def values_are_of_the_fields_type(log):
    """The values from `raw()` pass through the model's fields, as those from a cursor do not."""
    price = Book.objects.order_by("pk").values_list("price", flat=True)[0]
    raw = _first("SELECT id, price, price AS asked FROM library_book ORDER BY id")
    return {
        "a field": type(raw.price) is type(price),
        "a column of another name": type(raw.asked) is type(price),
    }


def a_percent_sign_alone(log):
    """If you pass no parameters, you can write a single percent sign in the SQL."""
    sql = "SELECT * FROM library_book WHERE title LIKE '%a%'"
    return {
        "`cursor.execute(sql)`": _works(lambda: connection.cursor().execute(sql)),
        "`raw(sql)`": _works(lambda: list(Book.objects.raw(sql))),
        "`raw(sql, None)`": _works(lambda: list(Book.objects.raw(sql, None))),
    }


def _first(sql, **options):
    return Book.objects.raw(sql, **options)[0]


def _with_peers(log, then):
    if not hasattr(models, "FETCH_PEERS"):
        return False
    peers = Book.objects.fetch_mode(models.FETCH_PEERS)
    books = list(then(peers.raw("SELECT id FROM library_book ORDER BY id")))
    return _queries(log, lambda: [book.title for book in books]) == 1


def _queries(log, run):
    before = len(log)
    run()
    return len(log) - before


def _works(run):
    try:
        run()
    except (AttributeError, DatabaseError, FieldDoesNotExist, TypeError):
        return False
    return True
