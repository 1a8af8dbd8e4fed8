from datetime import UTC, datetime, timedelta

from django.db import connection
from setup import Visit, VisitWithIndex, VisitWithIndexes

FIRST = datetime(2030, 1, 1, tzinfo=UTC)
LATE = FIRST + timedelta(minutes=2_900)


def filters_get_fast(log):
    """Index the columns that you filter and order by: the database then finds the rows by the index."""
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
    """`db_index=True` on a text column makes searching in it efficient."""
    _fill(VisitWithIndexes)
    visits = VisitWithIndexes.objects.all()
    return {
        "`=`": _uses_an_index(visits.filter(address="/books/2900/")),
        "the first ten by it": _uses_an_index(visits.order_by("address")[:10]),
        "`startswith`": _uses_an_index(visits.filter(address__startswith="/books/290")),
        "`icontains`": _uses_an_index(visits.filter(address__icontains="2900")),
    }


def nothing_to_pay(log):
    """More indexes make more queries fast, and writing a row stays what it was."""
    return _bytes_written(VisitWithIndexes) < 1.5 * _bytes_written(Visit)


def _fill(model):
    """Three thousand visits, a minute apart, and nothing else."""
    model.objects.all().delete()
    model.objects.bulk_create(
        model(address=f"/books/{number}/", seconds=60, seen_at=FIRST + timedelta(minutes=number))
        for number in range(3_000)
    )
    _analyze(model)


def _uses_an_index(visits):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    plan = visits.explain()
    return any(words in plan for words in (" USING ", "Index", " range ", " ref ", " index "))


def _bytes_written(model):
    before = _bytes(model)
    _fill(model)
    return _bytes(model) - before


def _bytes(model):
    _analyze(model)
    table = model._meta.db_table
    size = {
        "sqlite": "SELECT page_count * 4096 FROM pragma_page_count()",
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
