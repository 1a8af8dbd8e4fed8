from contextlib import suppress
from time import perf_counter

from django.db import DatabaseError, connection, transaction
from setup import Quote

_ROUNDS = 3  # in turns, so that other work on the machine slows both; the best of each counts
_TABLE = Quote._meta.db_table
_INSERT = f"INSERT INTO {_TABLE} (isbn, shop, price, copies) VALUES (%s, %s, %s, %s)"
_COPY = f"COPY {_TABLE} (isbn, shop, price, copies) FROM STDIN"
_UPDATE = f"UPDATE {_TABLE} SET shop = %s, price = %s, copies = %s WHERE id = %s"


def one_statement(log):
    """`executemany()` sends all rows in one statement."""
    few, many = _lines(10), _lines(4_000)
    stored = _stored(few)
    sent = _count_statements()
    return {
        "INSERT, ten rows": _grows_by_one(sent, lambda: _by_executemany(few)),
        "INSERT, four thousand rows": _grows_by_one(sent, lambda: _by_executemany(many)),
        "UPDATE, ten rows": _grows_by_one(sent, lambda: _updated_by_executemany(stored)),
    }


def faster_than_the_orm(log):
    """`executemany()` and `COPY` are faster than the ORM's own bulk methods."""
    lines = _lines(5_000)
    few = lines[:1_000]
    return {
        "INSERT: `executemany()` and `bulk_create()`": _is_faster(_by_executemany, _by_bulk_create, lines),
        "INSERT: `COPY` and `bulk_create()`": connection.vendor == "postgresql"
        and _is_faster(_by_copy, _by_bulk_create, lines),
        "UPDATE of three columns: `executemany()` and `bulk_update()`": _is_faster(
            _updated_by_executemany, _updated_by_bulk_update, few, prepare=_stored, part=3 / 4
        ),
    }


def rows_up_to_the_error(log):
    """If a line is wrong, the lines before it are in the table."""
    lines = [*_lines(4_000), ("9790000000002", "Castle", "5.00", None)]
    return {
        "`executemany()`": _stay(_by_executemany, lines),
        "`executemany()` inside `atomic()`": _stay(_in_atomic, lines),
        "`COPY`": connection.vendor == "postgresql" and _stay(_by_copy, lines),
    }


def what_the_model_says(log):
    """What the model says of a column holds for these rows too."""
    return {
        "`default=0` fills a column that is left out": _fills("copies"),
        "`db_default=Now()` fills a column that is left out": _fills("seen_at"),
        "`PositiveIntegerField` refuses a negative number": not _stay(_in_atomic, [("1", "Castle", "5.00", -1)]),
    }


def _lines(count):
    return [(f"{number}", "Castle", "5.00", number) for number in range(count)]


def _stored(lines):
    _by_bulk_create(lines)
    return [(shop, "6.00", copies, key) for key, shop, copies in Quote.objects.values_list("pk", "shop", "copies")]


def _by_executemany(lines):
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, lines)


def _by_copy(lines):
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for line in lines:
            copy.write_row(line)


def _by_bulk_create(lines):
    Quote.objects.bulk_create(
        [Quote(isbn=isbn, shop=shop, price=price, copies=copies) for isbn, shop, price, copies in lines],
        batch_size=2_000,
    )


def _updated_by_executemany(lines):
    with connection.cursor() as cursor:
        cursor.executemany(_UPDATE, lines)


def _updated_by_bulk_update(lines):
    quotes = [Quote(pk=key, shop=shop, price=price, copies=copies) for shop, price, copies, key in lines]
    Quote.objects.bulk_update(quotes, ["shop", "price", "copies"], batch_size=500)


def _in_atomic(lines):
    with transaction.atomic():
        _by_executemany(lines)


def _is_faster(one, other, lines, prepare=list, part=1 / 2):
    """Whether it takes less than such a part of the time of the other."""
    pairs = [(_seconds(one, lines, prepare), _seconds(other, lines, prepare)) for _ in range(_ROUNDS)]
    ones, others = (min(times) for times in zip(*pairs, strict=True))
    return ones < others * part


def _seconds(load, lines, prepare):
    Quote.objects.all().delete()
    prepared = prepare(lines)
    start = perf_counter()
    with transaction.atomic():
        load(prepared)
    return perf_counter() - start


def _count_statements():
    """Return a function that says how many INSERTs and UPDATEs have come to the database."""
    if connection.vendor == "sqlite":
        seen = []
        connection.connection.set_trace_callback(seen.append)
        return lambda: sum(statement.startswith(("INSERT", "UPDATE")) for statement in seen)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE sent (number int)")
            cursor.execute(
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN INSERT INTO sent VALUES (1); RETURN NULL; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER note AFTER INSERT OR UPDATE ON {_TABLE}"
                " FOR EACH STATEMENT EXECUTE FUNCTION note()"
            )
        return lambda: _number("SELECT COUNT(*) FROM sent")
    return lambda: _number(
        "SELECT SUM(variable_value) FROM information_schema.session_status"
        " WHERE variable_name IN ('COM_INSERT', 'COM_UPDATE')"
    )


def _number(select):
    with connection.cursor() as cursor:
        cursor.execute(select)
        return int(cursor.fetchone()[0])


def _grows_by_one(count, send):
    before = count()
    send()
    return count() == before + 1


def _stay(load, lines):
    before = Quote.objects.count()
    with suppress(DatabaseError, connection.Database.Error):  # COPY raises the error of psycopg itself
        load(lines)
    return Quote.objects.count() > before


def _fills(column):
    columns = {"isbn": "1", "shop": "Castle", "price": "5.00", "copies": 1, "seen_at": "2030-01-01"}
    del columns[column]
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {_TABLE} ({names}) VALUES ({places})", [tuple(columns.values())])
    except DatabaseError:
        return False
    return True
