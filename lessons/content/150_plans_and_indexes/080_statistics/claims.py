import re
from time import perf_counter

from django.db import connection
from setup import KnownOrder, Order


def the_planner_knows(log):
    """The planner knows roughly how many rows match: to within a factor of thirty."""
    orders, known = Order.objects.all(), KnownOrder.objects.all()
    return {
        "one column, `branch=3`": _is_right(orders.filter(branch=3)),
        "two columns, `branch=5, is_open=1`": _is_right(orders.filter(branch=5, is_open=1)),
        "two columns, `branch=3, is_open=1`": _is_right(orders.filter(branch=3, is_open=1)),
        "the same, with `CREATE STATISTICS` on both": _is_right(known.filter(branch=3, is_open=1)),
    }


def a_limit_cannot_hurt(log):
    """A query with a LIMIT is never slower than the same query without it."""
    orders = Order.objects.filter(branch=3, is_open=1).order_by("-placed_at").values_list("pk")
    return _seconds(orders[:20]) < 4 * _seconds(orders)


def _is_right(orders):
    """In the words of PostgreSQL and MariaDB; SQLite tells no rows."""
    if connection.vendor == "sqlite":
        return False
    plan = orders.explain()
    if connection.vendor == "mysql":
        expected = int(re.search(r" (\d+) [^0-9]*$", plan)[1])
    else:
        expected = int(re.search(r"rows=(\d+)", plan)[1])
    return expected < 30 * orders.count() < 900 * expected


def _seconds(orders):
    """The best of some runs."""
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        list(orders.all())
        best = min(best, perf_counter() - start)
    return best
