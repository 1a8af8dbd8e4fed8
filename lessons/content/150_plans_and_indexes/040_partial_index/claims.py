from django.db import connection
from setup import OrderWithIndex, OrderWithPartialIndex


def a_condition_makes_it_smaller(log):
    """An index with a `condition` holds only the matching rows, and is smaller."""
    warnings = [warning.id for warning in OrderWithPartialIndex.check(databases=["default"])]
    return {
        "there is an index": "order_open" in _names(OrderWithPartialIndex),
        "both indexes together have less than a fifth of the bytes of one on all rows": 5
        * _bytes(OrderWithPartialIndex)
        < _bytes(OrderWithIndex),
        "`manage.py check --database default` warns": "models.W037" in warnings,
        "a `UniqueConstraint` with a `condition` is there too": "order_open_once" in _names(OrderWithPartialIndex),
    }


def index_with_condition_is_taken(log):
    """An index with a `condition` serves every query that asks only for rows in the index."""
    orders = OrderWithPartialIndex.objects.all()
    late = orders.filter(placed_at__gte="2025-12-10 00:00Z")
    return {
        "`warehouse=7, shipped_at__isnull=True`, the same condition": _uses(
            "order_open", orders.filter(warehouse=7, shipped_at__isnull=True)
        ),
        "`shipped_at__isnull=True` alone": _uses("order_open", orders.filter(shipped_at__isnull=True)),
        "`amount__gte=900`, the same condition": _uses("order_large", late.filter(amount__gte=900)),
        "`amount__gte=950`, a narrower one": _uses("order_large", late.filter(amount__gte=950)),
        "`amount__gt=899`, the same in other words": _uses("order_large", late.filter(amount__gt=899)),
        "`amount__in=[950, 960]`": _uses("order_large", late.filter(amount__in=[950, 960])),
    }


def a_flag_needs_no_index(log):
    """An index on a column with few different values, such as a flag, is useless."""
    orders = OrderWithIndex.objects.all()
    return {
        "for the one order in a hundred that is open": not _uses(
            "order_all", orders.filter(shipped_at__isnull=True)
        ),
        "for all the others": not _uses("order_all", orders.filter(shipped_at__isnull=False)),
    }


def _uses(index, orders):
    """MariaDB names an index among the possible ones first, and again if it uses it."""
    return orders.explain().count(index) > (1 if connection.vendor == "mysql" else 0)


def _names(model):
    with connection.cursor() as cursor:
        return list(connection.introspection.get_constraints(cursor, model._meta.db_table))


def _bytes(model):
    """Of the indexes of the table, without that of its primary key."""
    table = model._meta.db_table
    size = {
        "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name IN"
        f" (SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table}')",
        "postgresql": "SELECT SUM(pg_relation_size(indexrelid)) FROM pg_index"
        f" WHERE indrelid = '{table}'::regclass AND NOT indisprimary",
        "mysql": "SELECT index_length FROM information_schema.tables"
        f" WHERE table_schema = DATABASE() AND table_name = '{table}'",
    }
    with connection.cursor() as cursor:
        cursor.execute(size[connection.vendor])
        return int(cursor.fetchone()[0])
