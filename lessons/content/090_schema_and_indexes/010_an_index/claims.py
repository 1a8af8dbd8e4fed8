from datetime import UTC, datetime, timedelta
from time import perf_counter

from django.db import connection
from setup import Visit, VisitWithIndex, VisitWithIndexes

FIRST = datetime(2030, 1, 1, tzinfo=UTC)
LATE = FIRST + timedelta(minutes=2_900)


def filters_get_fast(log):
    """With an index on the column that you filter or order by, the database uses the index to find the rows."""
    _fill(VisitWithIndex)
    visits = VisitWithIndex.objects.all()
    nearly_all = visits.filter(seen_at__gte=FIRST + timedelta(minutes=30))
    return {
        "a hundred rows of three thousand": _uses_an_index(visits.filter(seen_at__gte=LATE)),
        "the latest ten": _uses_an_index(visits.order_by("-seen_at")[:10]),
        "nearly all rows": _uses_an_index(nearly_all),
        "nearly all rows, the indexed column alone": _uses_an_index(nearly_all.values("seen_at")),
        "a function of the column, `seen_at__hour`": _uses_an_index(visits.filter(seen_at__hour=6)),
    }


def db_index_for_search(log):
    """`db_index=True` on a text column makes every search in that column fast."""
    _fill(VisitWithIndexes)
    visits = VisitWithIndexes.objects.all()
    return {
        "`=`": _uses_an_index(visits.filter(address="/books/2900/")),
        "the first ten in its order": _uses_an_index(visits.order_by("address")[:10]),
        "`startswith`": _uses_an_index(visits.filter(address__startswith="/books/290")),
        "`icontains`": _uses_an_index(visits.filter(address__icontains="2900")),
    }


def nothing_to_pay(log):
    """More indexes make more queries fast, and cost nothing when rows are written."""
    return {
        "the time of the INSERT": _seconds_to_insert(VisitWithIndexes) < 1.25 * _seconds_to_insert(Visit),
        "the room on the disk": _bytes_written(VisitWithIndexes) < 1.5 * _bytes_written(Visit),
    }


def _fill(model):
    """Three thousand visits, a minute apart, and nothing else."""
    _make_anew(model)
    model.objects.bulk_create(
        model(address=f"/books/{number}/", seconds=number % 1_000, seen_at=FIRST + timedelta(minutes=number))
        for number in range(3_000)
    )
    _analyze(model)


def _make_anew(model):
    with connection.schema_editor() as editor:
        editor.delete_model(model)
        editor.create_model(model)


def _uses_an_index(visits):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    plan = visits.explain()
    return any(words in plan for words in (" USING ", "Index", " range ", " ref ", " index "))


def _seconds_to_insert(model):
    """Of copying three thousand visits within the database; the best of some runs."""
    _fill(VisitWithIndex)
    columns = "address, seconds, seen_at"
    best = float("inf")
    for _ in range(7):
        _make_anew(model)
        start = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({columns})"
                f" SELECT {columns} FROM {VisitWithIndex._meta.db_table} ORDER BY id"
            )
        best = min(best, perf_counter() - start)
    return best


def _bytes_written(model):
    _make_anew(model)
    before = _bytes(model)
    _fill(model)
    return _bytes(model) - before


def _bytes(model):
    _analyze(model)
    table = model._meta.db_table
    size = {
        "sqlite": "SELECT page_count - freelist_count FROM pragma_page_count(), pragma_freelist_count()",
        "postgresql": f"SELECT pg_total_relation_size('{table}')",
        "mysql": "SELECT data_length + index_length FROM information_schema.tables"
        f" WHERE table_schema = DATABASE() AND table_name = '{table}'",
    }
    with connection.cursor() as cursor:
        cursor.execute(size[connection.vendor])
        return int(cursor.fetchone()[0])


def _analyze(model):
    word = "ANALYZE TABLE" if connection.vendor == "mysql" else "ANALYZE"
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {model._meta.db_table}")
