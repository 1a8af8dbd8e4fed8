"""EXPLAIN QUERY PLAN of SQLite: https://www.sqlite.org/eqp.html. It executes nothing, and tells no figures."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lab.plans.facts import Facts, Index
from lab.plans.plan import Plan
from lab.plans.sqlite_steps import BUFFER, Below, NodeBuilder

_INDEXES = """
    SELECT tables.name, listed.name, listed."unique", false, columns.name, columns."desc", columns.seqno
    FROM sqlite_master AS tables, pragma_index_list(tables.name) AS listed,
        pragma_index_xinfo(listed.name) AS columns
    WHERE tables.type = 'table' AND columns.key
    UNION ALL
    SELECT tables.name, tables.name, true, true, columns.name, false, 0
    FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND columns.pk
    GROUP BY tables.name HAVING MAX(columns.pk) = 1 AND upper(columns.type) = 'INTEGER'
    ORDER BY 2, 7
"""


def unexecuted(connection: BaseDatabaseWrapper) -> str | None:
    return "SQLite tells what it would do, and gives no figures."


def explain(connection: BaseDatabaseWrapper, sql: str, params: Any, *, remark: str | None) -> Plan:
    with connection.wrap_database_errors, closing(connection.create_cursor()) as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [(step, parent, detail) for step, parent, _, detail in cursor.fetchall()]
        return read(steps, Facts(sql, _indexes(cursor)), remark=remark)


def _indexes(cursor: Any) -> dict[str, Index]:
    cursor.execute(_INDEXES)
    columns: dict[tuple[str, str, bool, bool], dict[str, Any]] = {}
    for table, name, unique, primary, column, descending, _ in cursor.fetchall():
        columns.setdefault((table, name, bool(unique), bool(primary)), {})[column or "an expression"] = descending
    return {
        name: Index(
            columns=tuple(orders),
            table=table,
            unique=unique,
            primary=primary,
            descending=frozenset(filter(orders.get, orders)),
        )
        for (table, name, unique, primary), orders in columns.items()
    }


def read(steps: list[tuple[int, int, str]], facts: Facts, *, remark: str | None = None) -> Plan:
    """Return the Plan of steps (id, id of the parent, detail)."""
    below: Below = {}
    for step, parent, detail in steps:
        below.setdefault(parent, []).append((step, detail))
    raw = "\n".join(["QUERY PLAN", *_tree(below, 0, "")])
    buffers = {found["name"] for _, _, detail in steps if (found := BUFFER.fullmatch(detail))}
    return Plan(vendor="sqlite", raw=raw, nodes=NodeBuilder(below, buffers, facts).all(), remark=remark)


def _tree(below: Below, parent: int, indent: str) -> Iterator[str]:
    """The lines of the tree as SQLite's shell draws it."""
    steps = below.get(parent, [])
    for step, detail in steps[:-1]:
        yield f"{indent}|--{detail}"
        yield from _tree(below, step, f"{indent}|  ")
    for step, detail in steps[-1:]:
        yield f"{indent}`--{detail}"
        yield from _tree(below, step, f"{indent}   ")
