"""EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) of PostgreSQL: https://www.postgresql.org/docs/current/using-explain.html"""

import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lab.plans.facts import Facts, Index
from lab.plans.nodes import Node
from lab.plans.plan import EXECUTED, Plan
from lab.plans.postgresql_steps import PlanStep
from lab.plans.postgresql_words import words_of
from lab.plans.words import count_or_none, text

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
_REMOVED = ("Rows Removed by Filter", "Rows Removed by Index Recheck")  # of what was read of a table
_ROUNDED = 0.0005  # ms a loop, by which a time that is told to a microsecond may be off
_SURE = 4  # times as much as rounding may hide: then a time is known
_FIGURES = (("Execution Time", EXECUTED), ("Planning Time", "ms to plan"))
_BLOCKS = (
    ("Shared Hit Blocks", "pages from its cache"),
    ("Shared Read Blocks", "pages from outside its cache"),
)

Raw = dict[str, Any]


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
        nodes=(_node(PlanStep(top, facts), _own_times(top)),),
        analyzed="Actual Loops" in top,
        remark=remark,
        figures=tuple((label, count) for label, value in figures if (count := count_or_none(value)) is not None),
    )


def _node(step: PlanStep, own: dict[int, float | None]) -> Node:
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
        details=tuple((key, text(raw[key])) for key in _DETAILS if raw.get(key)),
        estimated_rows=count_or_none(raw.get("Plan Rows")),
        actual_rows=count_or_none(raw.get("Actual Rows")),
        removed_rows=sum(count_or_none(raw.get(key)) or 0 for key in _REMOVED),
        loops=None if loops is None else int(loops),
        ms=_total(time, loops),
        own_ms=own.get(id(raw)),
        cost=count_or_none(raw.get("Total Cost")),
        misjudged=step.wrong_estimate() is not None,
        notes=tuple(step.notes()),
        children=tuple(_node(child, own) for child in step.children()),
    )


def _total(ms: float | None, loops: float | None) -> float | None:
    """Of all loops. PostgreSQL rounds to a microsecond a loop: many loops of less add up to nothing known."""
    if ms is None or loops is None or (ms == 0 and loops > 1):
        return None
    return ms * loops


def _own_times(top: Raw) -> dict[int, float | None]:
    """Return {id of the object of a step: ms, all loops together}, None where it is not known.

    Below a Gather the loops of several processes run at once: theirs is the time of one of them.
    """
    steps = {id(raw): (raw, processes) for raw, processes in _walk(top, 1)}
    spent = {key: _whole(raw, processes) for key, (raw, processes) in steps.items()}
    hidden = {key: _loops(raw) * _ROUNDED / processes for key, (raw, processes) in steps.items()}
    own = {**spent}
    for raw, _ in steps.values():
        for child in raw.get("Plans", []):
            for key in _payers(raw, child, [each for each, _ in steps.values()]):
                own[key] = _less(own[key], spent[id(child)])
                hidden[key] += hidden[id(child)]
    return {key: ms if ms is not None and ms >= _SURE * hidden[key] else None for key, ms in own.items()}


def _walk(raw: Raw, processes: float) -> Iterator[tuple[Raw, float]]:
    """Each step, and how many processes share its loops."""
    yield raw, processes
    for child in raw.get("Plans", []):
        shared = raw.get("Node Type") in ("Gather", "Gather Merge") and _loops(raw) > 0
        yield from _walk(child, processes * (max(_loops(child) / _loops(raw), 1) if shared else 1))


def _loops(raw: Raw) -> float:
    return count_or_none(raw.get("Actual Loops")) or 0


def _whole(raw: Raw, processes: float) -> float | None:
    ms, loops = count_or_none(raw.get("Actual Total Time")), _loops(raw)
    return None if ms is None or (ms == 0 and loops > 1) else ms * loops / processes


def _less(ms: float | None, below: float | None) -> float | None:
    return None if ms is None or below is None else ms - below


def _payers(raw: Raw, child: Raw, steps: list[Raw]) -> list[int]:
    """The ids of the steps whose time holds that of a child: its parent; of what runs once, those that ask
    for its rows, which may be anywhere. Which of several asked first, nothing tells: each is then charged.
    """
    if child.get("Parent Relationship") != "InitPlan":
        return [id(raw)]
    name = str(child.get("Subplan Name"))
    return [id(step) for step in steps if _asks(step, name)] or [id(raw)]


def _asks(step: Raw, name: str) -> bool:
    if name.startswith("CTE "):
        return step.get("CTE Name") == name.removeprefix("CTE ")
    told = " ".join(str(value) for key, value in step.items() if key not in ("Plans", "Subplan Name"))
    # (InitPlan 1).col1; before PostgreSQL 17 its name was "InitPlan 1 (returns $0)".
    words = re.findall(r"\$\d+", name) or [name]
    return any(re.search(rf"{re.escape(word)}\b", told) for word in words)
