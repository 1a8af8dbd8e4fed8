"""EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) of PostgreSQL: https://www.postgresql.org/docs/current/using-explain.html"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lab.plans.facts import Facts, Index
from lab.plans.nodes import Node
from lab.plans.plan import Plan
from lab.plans.postgresql_steps import PlanStep
from lab.plans.postgresql_words import words_of
from lab.plans.words import count_or_none

_MILLISECONDS = 5_000  # that a statement may take when it is executed to be measured
_IDLE = 0  # transaction status of libpq: no transaction is open
_INDEXES = """
    SELECT c.relname, i.indisunique, i.indisprimary, ARRAY(
        SELECT pg_get_indexdef(i.indexrelid, k, false) FROM generate_series(1, i.indnkeyatts) AS k ORDER BY k
    ), ARRAY(
        SELECT pg_get_indexdef(i.indexrelid, k, false) FROM generate_series(1, i.indnkeyatts) AS k
        WHERE i.indoption[k - 1] & 1 = 1
    ) FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE pg_table_is_visible(c.oid)
        AND c.relnamespace <> 'pg_catalog'::regnamespace
"""
_DETAILS = (
    "Index Cond", "Recheck Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter", "One-Time Filter",
    "Rows Removed by Filter", "Rows Removed by Join Filter", "Sort Key", "Presorted Key", "Sort Method",
    "Group Key", "Window", "Cache Key", "Function Name",
)  # fmt: skip
_FIGURES = (("Execution Time", "ms to execute"), ("Planning Time", "ms to plan"))
_BLOCKS = (
    ("Shared Hit Blocks", "pages from its cache"),
    ("Shared Read Blocks", "pages from outside its cache"),
)


def unexecuted(connection: BaseDatabaseWrapper) -> str | None:
    return None


def explain(connection: BaseDatabaseWrapper, sql: str, params: Any, *, remark: str | None) -> Plan:
    options = "FORMAT JSON" if remark else "ANALYZE, BUFFERS, FORMAT JSON"
    with connection.wrap_database_errors, _undone(connection) as cursor:
        cursor.execute(_INDEXES)
        indexes = {
            name: Index(columns=tuple(columns), unique=unique, primary=primary, descending=frozenset(descending))
            for name, unique, primary, columns, descending in cursor.fetchall()
        }
        cursor.execute(f"EXPLAIN ({options}) {sql}", params)
        return read(cursor.fetchone()[0], Facts(sql, indexes), remark=remark)


@contextmanager
def _undone(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """A cursor in a read-only transaction, or in a savepoint of the one that is open, rolled back after."""
    if connection.connection.info.transaction_status == _IDLE:
        begin, undo = "BEGIN", ["ROLLBACK"]
    else:
        begin = "SAVEPOINT queryshelf_plan"
        undo = ["ROLLBACK TO SAVEPOINT queryshelf_plan", "RELEASE SAVEPOINT queryshelf_plan"]
    with closing(connection.create_cursor()) as cursor:
        cursor.execute(begin)
        try:
            cursor.execute("SET LOCAL transaction_read_only = on")
            cursor.execute(f"SET LOCAL statement_timeout = {_MILLISECONDS}")
            yield cursor
        finally:
            for statement in undo:
                cursor.execute(statement)


def read(document: list[dict[str, Any]], facts: Facts, *, remark: str | None = None) -> Plan:
    """Return the Plan of what PostgreSQL answers in FORMAT JSON, parsed."""
    whole = document[0]
    top = whole.get("Plan", {})
    figures = [(label, whole.get(key)) for key, label in _FIGURES] + [
        (label, top.get(key)) for key, label in _BLOCKS
    ]
    return Plan(
        vendor="postgresql",
        raw=json.dumps(document, indent=2),
        nodes=(_node(PlanStep(top, facts)),),
        analyzed="Actual Loops" in top,
        remark=remark,
        figures=tuple((label, count) for label, value in figures if (count := count_or_none(value)) is not None),
    )


def _node(step: PlanStep) -> Node:
    says, gist, access = words_of(step)
    raw, loops = step.raw, count_or_none(step.raw.get("Actual Loops"))
    time = count_or_none(raw.get("Actual Total Time"))
    return Node(
        title=step.title,
        says=says,
        gist=gist,
        access=access,
        table=step.plain_table,
        index=raw.get("Index Name"),
        details=tuple((key, _text(raw[key])) for key in _DETAILS if raw.get(key)),
        estimated_rows=count_or_none(raw.get("Plan Rows")),
        actual_rows=count_or_none(raw.get("Actual Rows")),
        loops=None if loops is None else int(loops),
        ms=_total(time, loops),
        cost=count_or_none(raw.get("Total Cost")),
        notes=tuple(step.notes()),
        children=tuple(_node(child) for child in step.children()),
    )


def _total(ms: float | None, loops: float | None) -> float | None:
    """Of all loops. PostgreSQL rounds to a microsecond a loop: many loops of less add up to nothing known."""
    if ms is None or loops is None or (ms == 0 and loops > 1):
        return None
    return ms * loops


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
