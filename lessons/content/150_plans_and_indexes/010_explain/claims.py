import re
from time import perf_counter

from django.db import DatabaseError, connection, transaction
from setup import Visit, VisitWithIndex


def it_runs_the_query(log):
    """`explain()` runs the query, and tells what happened."""
    visits = Visit.objects.order_by("seconds")
    return _seconds(visits.explain) * 4 > _seconds(lambda: list(visits.values_list("pk")))


def options_work_everywhere(log):
    """`explain()` takes the same options on every database."""
    visits = Visit.objects.filter(seconds=7)
    return {
        "`explain()`": _works(visits.explain),
        "`explain(analyze=True)`": _works(lambda: visits.explain(analyze=True)),
        '`explain(format="json")`': _works(lambda: visits.explain(format="json")),
        "`explain(analyze=True, buffers=True)`": _works(lambda: visits.explain(analyze=True, buffers=True)),
    }


def the_rows_are_those_of_the_result(log):
    """The number of rows in the plan is the number of rows that the step gives."""
    visits = Visit.objects.filter(seconds=7)
    expected = _expected_rows(visits)
    return expected is not None and expected < 2 * visits.count()


def one_plan_for_all_values(log):
    """A query has the same plan, whatever values it asks for."""
    few = VisitWithIndex.objects.filter(seen_at__gte="2025-03-11 00:00Z")
    many = VisitWithIndex.objects.filter(seen_at__gte="2025-01-02 00:00Z")
    return _uses_the_index(few) == _uses_the_index(many)


def _seconds(do):
    """The best of some runs."""
    best = float("inf")
    for _ in range(3):
        start = perf_counter()
        do()
        best = min(best, perf_counter() - start)
    return best


def _works(explain):
    try:
        with transaction.atomic():
            explain()
    except (DatabaseError, ValueError):
        return False
    return True


def _expected_rows(visits):
    """In the words of PostgreSQL and MariaDB; SQLite has none."""
    if connection.vendor == "sqlite":
        return None
    plan = visits.explain()
    found = re.search(r"rows=(\d+)", plan) or re.search(r" ALL .* (\d+) \S", plan)
    return int(found[1])


def _uses_the_index(visits):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    return any(words in visits.explain() for words in ("SEARCH", "Index", " range "))
