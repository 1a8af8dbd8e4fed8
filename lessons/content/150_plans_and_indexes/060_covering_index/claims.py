from django.db import connection
from django.db.models import Sum
from setup import Line, LineWithBoth, LineWithInclude


def any_query_by_the_first_column(log):
    """If an index covers `product` and `amount`, a query by product is answered from the index alone."""
    lines = LineWithBoth.objects.filter(product=7)
    return {
        '`values_list("amount")`': _needs_no_table(lines.values_list("amount")),
        '`values("product").annotate(Sum("amount"))`': _needs_no_table(
            lines.values("product").annotate(total=Sum("amount"))
        ),
        '`only("amount")`': _needs_no_table(lines.only("amount")),
        "whole objects": _needs_no_table(lines),
        '`filter(note="")` in addition': _needs_no_table(lines.filter(note="").values_list("amount")),
    }


def include_makes_it_covering(log):
    """`Index(fields=["product"], include=["amount"])` makes a covering index."""
    warnings = [warning.id for warning in LineWithInclude.check(databases=["default"])]
    lines = LineWithInclude.objects.filter(product=7)
    return {
        "the query needs no table": _needs_no_table(lines.values_list("amount")),
        "where it does not, `manage.py check --database default` warns": _needs_no_table(
            lines.values_list("amount")
        )
        or "models.W040" in warnings,
        '`order_by("amount")` needs no sort': _needs_no_table(lines.values_list("amount"))
        and "Sort" not in lines.order_by("amount").values_list("amount").explain(),
    }


def another_column_costs_little(log):
    """A column more in an index, by `include` or as a key, costs little room: less than half as much again."""
    plain = _bytes(Line)
    return {
        '`fields=["product", "amount"]`': _bytes(LineWithBoth) < 1.5 * plain,
        '`fields=["product"], include=["amount"]`': _bytes(LineWithInclude) < 1.5 * plain,
    }


def _needs_no_table(lines):
    """In the words of SQLite, PostgreSQL and MariaDB."""
    return any(words in lines.explain() for words in ("COVERING INDEX", "Index Only Scan", "Using index"))


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
