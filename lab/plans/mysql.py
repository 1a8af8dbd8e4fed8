"""EXPLAIN FORMAT=JSON of MariaDB (https://mariadb.com/kb/en/explain-format-json/) and MySQL; MariaDB's ANALYZE
FORMAT=JSON (https://mariadb.com/kb/en/analyze-format-json/) adds what it measured, in keys that begin with r_.
"""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lab.exceptions import NoPlan
from lab.plans.facts import Facts
from lab.plans.mysql_steps import NodeBuilder
from lab.plans.plan import EXECUTED, Plan
from lab.plans.words import count_or_none

_TEXT = re.compile(r'(?P<key>\s*"[^"]*": )(?P<text>".*")(?P<comma>,?)\s*')
_SECONDS = 5  # that a statement may take when it is executed to be measured


def unexecuted(connection: BaseDatabaseWrapper) -> str | None:
    if connection.mysql_is_mariadb:
        return None
    return "MySQL tells in this form what it would do, and gives no measured figures."


def explain(connection: BaseDatabaseWrapper, sql: str, params: Any, *, remark: str | None) -> Plan:
    ask = f"SET STATEMENT max_statement_time = {_SECONDS} FOR ANALYZE" if remark is None else "EXPLAIN"
    with connection.wrap_database_errors, closing(connection.create_cursor()) as cursor:
        cursor.execute(f"{ask} FORMAT=JSON {sql}", params)
        raw = cursor.fetchone()[0]
    try:
        document = json.loads(_escaped(raw))
    except json.JSONDecodeError as error:
        name = connection.display_name
        raise NoPlan(f"{name} answers with JSON that is not valid, so its plan cannot be read: {error}") from error
    return read(document, Facts(sql), raw=raw, remark=remark)


def _escaped(raw: str) -> str:
    """MariaDB puts conditions into its JSON as they are, with the quotes and the apostrophes of their texts. It
    writes one member a line.
    """
    return "\n".join(_escaped_member(line) for line in raw.split("\n"))


def _escaped_member(line: str) -> str:
    found = _TEXT.fullmatch(line)
    if found is None or _is_json(found["text"]):
        return line
    return f"{found['key']}{json.dumps(found['text'][1:-1])}{found['comma']}"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


def read(document: dict[str, Any], facts: Facts, *, raw: str | None = None, remark: str | None = None) -> Plan:
    """Return the Plan of a JSON answer, parsed; `raw` is its text where it is at hand."""
    block = document.get("query_block")
    whole = block if isinstance(block, dict) else {}
    analyzed = "query_optimization" in document or "r_loops" in whole
    # It was asked for with SET STATEMENT then, which takes a number of a SELECT for itself.
    builder = NodeBuilder(facts, skipped=1 if analyzed else 0)
    return Plan(
        vendor="mysql",
        raw=json.dumps(document, indent=2) if raw is None else raw,
        nodes=tuple(builder.nodes(document)),
        analyzed=analyzed,
        remark=remark,
        figures=tuple(_figures(document, whole)),
    )


def _figures(document: dict[str, Any], whole: dict[str, Any]) -> Iterator[tuple[str, float]]:
    planning = document.get("query_optimization")
    times = [(EXECUTED, whole.get("r_total_time_ms"))]
    if isinstance(planning, dict):
        times.append(("ms to plan", planning.get("r_total_time_ms")))
    for label, value in times:
        if (count := count_or_none(value)) is not None:
            yield label, count
    engines = list(_engine_stats(document))
    if engines:
        yield "pages looked at", sum(stats.get("pages_accessed", 0) for stats in engines)
        yield "pages from disk", sum(stats.get("pages_read_count", 0) for stats in engines)


def _engine_stats(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "r_engine_stats" and isinstance(inner, dict):
                yield inner
            else:
                yield from _engine_stats(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _engine_stats(inner)
