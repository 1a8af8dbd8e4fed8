"""What a run and a plan are, as plain values for the page to show: text and numbers, and no HTML."""

import re
from collections.abc import Iterator
from typing import Any

from lab.plans import Node, Plan
from lab.recording.places import Place
from lab.recording.report import Group, Report
from lab.running.explaining import Explanation
from lessons.words.sql_text import layout, values
from lessons.words.ways import by_way_of

_TEXT = 2_000  # characters of what a run renders
_SQL = re.compile(
    r"""(?P<ss>"[^"]*"|`[^`]*`)|(?P<s1>'(?:[^']|'')*')|(?P<k>\b[A-Z][A-Z_]+\b)|(?P<mi>\b\d+(?:\.\d+)?\b)"""
    r"""|(?P<p>[(),.;])|(?P<o>[=<>!+\-*/%|]+)|(?P<plain>\s+|.)"""
)

Plain = dict[str, Any]


def tell_run(report: Report) -> Plain:
    return {
        "status": report.status,
        "error": report.error,
        "error_place": tell_place(report.error_place),
        "seconds": report.wall_ns / 1e9,
        "queries": report.queries,
        "rows": report.rows_fetched,
        "cells": report.cells_fetched,
        "affected": report.rows_affected,
        "transactions": report.transaction_statements,
        "returned": report.rows,
        "digest": report.digest,
        "preview": [tell_row(row) for row in report.preview],
        "rendered": None if report.rendered is None else report.rendered[:_TEXT],
        "groups": [_group(group) for group in report.groups],
    }


def tell_plan(explanation: Explanation) -> Plain:
    plan = explanation.plan
    told = {"n": explanation.statement.index, "reason": explanation.reason}
    return told if plan is None else {**told, **_plan(plan)}


def _plan(plan: Plan) -> Plain:
    return {
        "verdict": plan.verdict,
        "notes": plan.notes,
        "remark": plan.remark,
        "raw": plan.opening,
        "nodes": [_node(node) for node in plan.nodes],
    }


def _node(node: Node) -> Plain:
    children = [_node(child) for child in node.children]
    return {"title": node.title, "says": node.says, "times": node.times, "children": children}


def _group(group: Group) -> Plain:
    return {
        "n": group.index,
        "counted": group.is_query,
        "count": group.count,
        "kind": group.kind,
        "sql": list(tokens(layout(group.sql))),
        "rows": group.rows,
        "columns": group.columns,
        "affected": group.affected if group.is_write else None,
        "ms": group.total_ns / 1e6,
        "cause": group.cause,
        "way": by_way_of(group.way),
        "place": tell_place(group.place),
        "error": group.error,
        "distinct": group.distinct,
        "samples": [values(sample) for sample in group.samples if sample],
    }


def tokens(sql: str) -> Iterator[tuple[str, str]]:
    """Yield (class, text), with the names of classes that the site's stylesheet has; "" for what has none."""
    for match in _SQL.finditer(sql):
        kind = match.lastgroup or ""
        yield ("" if kind == "plain" else kind), match[0]


def tell_place(place: Place | None) -> Plain | None:
    if place is None:
        return None
    return {
        "file": place.file,
        "line": place.line,
        "end_line": place.end_line,
        "column": place.column,
        "end_column": place.end_column,
    }


def tell_row(row: Any) -> list[str]:
    return values(row if isinstance(row, (dict, list, tuple)) else [row])
