from django.db import DatabaseError, connection, transaction

from library.models import Book

PREPARING = {"prepare_threshold": 5}


def the_rows_wait_on_the_server(log):
    """`iterator()` leaves the rows in the database and fetches them in pieces."""
    plain = _cursors_while_reading()
    with transaction.atomic():
        inside = _cursors_while_reading()
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
    return {
        "by a cursor on the server": bool(plain),
        "by one that outlives its transaction (WITH HOLD)": plain == [True],
        "by one that outlives its transaction, inside `atomic()`": inside == [True],
        "with `DISABLE_SERVER_SIDE_CURSORS`": bool(_cursors_while_reading()),
    }


def it_can_be_read_to_its_end(log):
    """An `iterator()` that has given its first row gives all others too."""
    begun = Book.objects.order_by("pk").iterator(chunk_size=2)
    next(begun)
    with transaction.atomic():
        Book.objects.filter(pk=1).update(stock=3)
    outside = _ends(begun)
    with transaction.atomic():
        begun = Book.objects.order_by("pk").iterator(chunk_size=2)
        next(begun)
    return {"a COMMIT comes in between": outside, "the block in which it began has ended": _ends(begun)}


def it_is_one_snapshot(log):
    """An export that takes a while shows the table as it was at one moment."""
    return {
        "`iterator()`": _misses_a_change(lambda: Book.objects.order_by("pk").iterator(chunk_size=2)),
        "chunks by key": _misses_a_change(_in_chunks),
    }


def what_runs_often_is_prepared(log):
    """psycopg 3 prepares a statement that has run five times, and so breaks behind PgBouncer."""
    return {
        "Django's settings": _is_prepared({}),
        "`prepare_threshold` of 5": _is_prepared(PREPARING),
        "`prepare_threshold` of 5, and `server_side_binding`": _is_prepared(
            {**PREPARING, "server_side_binding": True}
        ),
    }


def _cursors_while_reading():
    """Of each cursor that is open on the server in the middle of an iterator(): whether it is WITH HOLD."""
    books = Book.objects.order_by("pk").iterator(chunk_size=2)
    next(books)
    try:
        if connection.vendor != "postgresql":
            return []  # nothing stands for them there, since Django opens none
        with connection.cursor() as cursor:
            cursor.execute("SELECT is_holdable FROM pg_cursors WHERE name LIKE '_django%%'")
            return [is_holdable for (is_holdable,) in cursor]
    finally:
        books.close()


def _ends(iterator):
    try:
        list(iterator)
    except (DatabaseError, connection.Database.Error):
        return False
    return True


def _misses_a_change(read):
    Book.objects.filter(pk=10).update(title="Before")
    titles = {}
    for book in read():
        if not titles:
            Book.objects.filter(pk=10).update(title="After")
        titles[book.pk] = book.title
    return titles[10] == "Before"


def _in_chunks():
    last_pk = 0
    while chunk := list(Book.objects.filter(pk__gt=last_pk).order_by("pk")[:2]):
        yield from chunk
        last_pk = chunk[-1].pk


def _is_prepared(options):
    if connection.vendor != "postgresql":
        return False
    other = connection.copy()
    other.settings_dict["OPTIONS"].update(options)
    with other.cursor() as cursor:
        for _ in range(7):
            cursor.execute("SELECT title FROM library_book WHERE id = %s", [1])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0] > 0
