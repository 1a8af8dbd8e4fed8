from contextlib import contextmanager
from decimal import Decimal

from django.db import NotSupportedError, OperationalError, connection, transaction
from django.db.models import F

from library.models import Book

AUTHOR = "SELECT FROM library_author WHERE id = 1 FOR UPDATE NOWAIT"
SALE = (
    "INSERT INTO library_sale (book_id, customer_id, quantity, amount, sold_at) VALUES (1, 1, 1, 10, now());"
    "SET CONSTRAINTS ALL IMMEDIATE"
)


def the_models_rows(log):
    """`select_for_update()` locks the rows of the model that you query."""
    books = Book.objects.select_for_update().filter(pk=1)
    of_books = Book.objects.select_for_update(of=("self",)).filter(pk=1)
    return {
        "without a join": _passes(AUTHOR, books.get),
        '`select_related("author")`': _passes(AUTHOR, books.select_related("author").get),
        "`filter(author__country=…)`, nothing of the author is selected": _passes(
            AUTHOR, books.filter(author__country__gt=0).get
        ),
        'either of them, with `of=("self",)`': _passes(
            AUTHOR, of_books.select_related("author").filter(author__country__gt=0).get
        ),
    }


def an_update_keeps_them_off(log):
    """While a transaction changes a book, nobody can insert a sale of it."""
    book = Book.objects.get(pk=1)
    book.price += 1
    books = Book.objects.filter(pk=1)
    return {
        "`select_for_update().get()`": not _passes(SALE, Book.objects.select_for_update().filter(pk=1).get),
        "`select_for_update(no_key=True).get()`": not _passes(
            SALE, Book.objects.select_for_update(no_key=True).filter(pk=1).get
        ),
        "`update(price=…)`": not _passes(SALE, lambda: books.update(price=F("price") + 1)),
        "`save()` of all fields": not _passes(SALE, book.save),
        "`update(isbn=…)`, which is unique": not _passes(SALE, lambda: books.update(isbn="9780000000000")),
    }


def it_never_waits(log):
    """With `nowait=True` the query never waits: it gets its lock at once, or an error."""
    return {
        "another transaction has locked the row": not _waits("SELECT FROM library_book WHERE id = 1 FOR UPDATE"),
        "another transaction changes the table": not _waits("ALTER TABLE library_book ADD COLUMN mark integer"),
    }


def nullable_keys_cannot_be_joined(log):
    """PostgreSQL cannot lock a row that is read with `select_related()` of a nullable key."""
    books = Book.objects.select_related("editor")
    of_both = books.select_for_update(of=("self", "editor"))
    return {
        "`select_for_update()`": not _is_locked(lambda: list(books.select_for_update())),
        '`of=("self",)`': not _is_locked(lambda: list(books.select_for_update(of=("self",)))),
        '`of=("self", "editor")`': not _is_locked(lambda: list(of_both)),
        "the same, after `filter(editor__isnull=False)`": not _is_locked(
            lambda: list(of_both.filter(editor__isnull=False))
        ),
        "`update_or_create()`": not _is_locked(lambda: _raise_price(books)),
        '`update_or_create()` after `select_for_update(of=("self",))`': not _is_locked(
            lambda: _raise_price(books.select_for_update(of=("self",)))
        ),
        "`update_or_create()` after `select_related(None)`": not _is_locked(
            lambda: _raise_price(books.select_related(None))
        ),
    }


def _raise_price(books):
    books.update_or_create(isbn=Book.objects.get(pk=1).isbn, defaults={"price": Decimal(9)})


def _is_locked(ask):
    try:
        with transaction.atomic():
            ask()
    except NotSupportedError:
        return False
    return True


def _passes(statement, lock):
    """Whether another session's statement goes through while this one's transaction is open."""
    with _another_session() as other:
        try:
            with transaction.atomic():
                lock()
                other.execute(statement)
                transaction.set_rollback(True)
        except OperationalError:
            return False
    return True


def _waits(statement):
    """Whether a lock with NOWAIT waits for another session's statement."""
    with _another_session() as other:
        other.execute(statement)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
                Book.objects.select_for_update(nowait=True).get(pk=1)
        except OperationalError as error:
            return "timeout" in str(error)
    return None


@contextmanager
def _another_session():
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
            yield cursor
    finally:
        other.rollback()
        other.close()
