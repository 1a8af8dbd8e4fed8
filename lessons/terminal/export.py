"""One run as one plain object, for `run_lesson --json`. Later versions add keys and rename none."""

import platform
from dataclasses import asdict

import django

from lab.recording.report import Status, Wall

SCHEMA = 1


def as_dict(shelved, variant, report, wall=None, explanations=None, passes=None):
    """Return the run as JSON can hold it. Times in milliseconds; without `wall`, those of the recorded run.

    A statement's columns are those of the rows it fetched, 0 where it fetched none; cells are rows × columns.
    passes: {"memory": a Memory, "fields": FieldUses, "trace": Accesses}, or what of it was made; bytes at the peak
    explanations: by the index of a statement; with them each statement has a plan, null where none was asked for
    """
    wall = wall or _recorded(report)
    database_ns, python_ns = report.split(wall.median)
    return {
        **head(shelved, variant),
        "status": report.status,
        "error": report.error,
        "queries": report.queries,
        "transaction_statements": report.transaction_statements,
        "rows": report.rows,
        "rows_fetched": report.rows_fetched,
        "cells_fetched": report.cells_fetched,
        "rows_affected": report.rows_affected,
        "digest": report.digest,
        "statements": [
            _statement(group)
            if explanations is None
            else {**_statement(group), "plan": _plan(explanations.get(group.index))}
            for group in report.groups
        ],
        "wall_ms": {
            "first": _ms(wall.first),
            "median": _ms(wall.median),
            "min": _ms(wall.min),
            "max": _ms(wall.max),
            "runs": wall.runs,
        },
        "database_ms": _ms(database_ns),
        "python_ms": _ms(python_ns),
        "stopped": report.error if report.status == Status.STOPPED else None,
        **_passes(passes or {}),
    }


def head(shelved, variant):
    """What was run, and on what, as keys that a run and a race have in common."""
    return {
        "schema": SCHEMA,
        "lesson": shelved.lesson.path,
        "variant": variant.name,
        "engine": shelved.shelf.engine_name,
        "engine_version": shelved.shelf.engine.version(),
        "django": django.get_version(),
        "python": platform.python_version(),
        "books": shelved.shelf.books,
        **({"with": dict(shelved.keywords)} if shelved.keywords else {}),
    }


def _passes(passes):
    exported: dict[str, object] = {}
    if "memory" in passes:
        exported["memory"] = {**asdict(passes["memory"]), "peak": passes["memory"].peak}
    if "fields" in passes:
        exported["fields"] = [asdict(use) for use in passes["fields"]]
    if "trace" in passes:
        exported["trace"] = [_access(access) for access in passes["trace"]]
    return exported


def _recorded(report):
    once, runs = report.wall_ns, 0 if report.status == Status.UNAVAILABLE else 1
    return Wall(first=once, median=once, min=once, max=once, runs=runs)


def _access(access):
    return {
        "index": access.index,
        "what": access.what,
        "answered_by": access.answered_by,
        "count": access.count,
        "queries": access.queries,
        "statements": access.statements,
        **place_as_dict(access.place),
    }


def _statement(group):
    return {
        "index": group.index,
        "kind": group.kind,
        "sql": group.sql,
        "count": group.count,
        "rows": group.rows,
        "columns": group.columns,
        "cells": group.cells,
        "affected": group.affected,
        "execute_ms": _ms(group.execute_ns),
        "fetch_ms": _ms(group.fetch_ns),
        "database": group.database,
        "cause": group.cause,
        "by_way_of": group.way,
        **place_as_dict(group.place),
    }


def place_as_dict(place):
    """Where a statement comes from, as keys that are all None for none."""
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "end_line": place.end_line if place else None,
        "column": place.column if place else None,
        "end_column": place.end_column if place else None,
    }


def _plan(explanation):
    if explanation is None or explanation.plan is None:
        return explanation and {"reason": explanation.reason}
    plan = explanation.plan
    return {
        "verdict": plan.verdict,
        "notes": plan.notes,
        "analyzed": plan.analyzed,
        "remark": plan.remark,
        "figures": dict(plan.figures),
        "steps": [asdict(node) for node in plan.nodes],
        "raw": plan.raw,
    }


def _ms(nanoseconds):
    return round(nanoseconds / 1e6, 4)
