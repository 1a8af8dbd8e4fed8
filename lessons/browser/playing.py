"""Answers what the page of free play asks: it runs a reader's files, and shows what there is to see of that."""

import platform
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from lab.exceptions import LabError
from lab.recording.cascade import CascadeNode, cascades
from lab.recording.report import Report, Status
from lab.running.accesses import Access, list_accesses
from lab.running.explaining import explain
from lessons.browser.telling import Plain, tell_place, tell_plan, tell_row, tell_run
from lessons.challenge.verdict import aligned
from lessons.play.advice import advise, blame, say
from lessons.play.comparing import Comparison, compare
from lessons.play.schema import list_models
from lessons.play.sketch import Loaded, Played, Sketch
from lessons.words.sql_text import values

_FOLDER = Path("/play")
_ROWS = 200  # that the page is given


def _loaded(answer: Callable[..., Plain]) -> Callable[..., Plain]:
    """For an answer(loaded, **asked); {"trouble": …} says why the files do not run."""

    @wraps(answer)
    def answering(*, files: dict[str, str], books: int, **asked: Any) -> Plain:
        sketch = Sketch(folder=_FOLDER, files=files, books=books)
        try:
            with sketch.loaded() as loaded:
                try:
                    return answer(loaded, **asked)
                except LabError as error:
                    return _trouble(error, loaded)
        except LabError as error:
            return _trouble(error, sketch.unloaded())

    return answering


@_loaded
def play(loaded: Loaded, *, ways: list[str]) -> Plain:
    """ways: names of one file or two, which run on the same data"""
    with loaded.template() as template:
        played = [loaded.play(name, template) for name in ways]
    compared = compare([each.report for each in played]) if len(played) > 1 else None
    return {
        "runs": [_run(each, loaded) for each in played],
        "comparison": compared and _comparison(compared),
        "versions": _versions(),
        "notes": [
            says for stand_in in loaded.files.stood_in.values() for says in stand_in.told(loaded.files.texts)
        ],
    }


@_loaded
def explained(loaded: Loaded, *, way: str, n: int) -> Plain:
    return {"plan": tell_plan(loaded.again(explain, way, n=n))}


@_loaded
def traced(loaded: Loaded, *, way: str) -> Plain:
    """Every access, and what deletions set off."""
    accesses = loaded.again(list_accesses, way)
    with loaded.template() as template:
        report = loaded.play(way, template).report
    return {
        "accesses": [_access(each) for each in accesses],
        "cascades": [_cascade(node) for node in cascades(report.groups, loaded.models)],
    }


@_loaded
def looked(loaded: Loaded, *, way: str | None) -> Plain:
    """The tables: after a run of a file, or before any."""
    told = asdict(loaded.look(way))
    for table in told["tables"]:
        table["first"] = [values(row) for row in table["first"]]
    return {"database": told}


@_loaded
def drawn(loaded: Loaded) -> Plain:
    return {"models": [asdict(model) for model in list_models(loaded.own)]}


def _versions() -> Plain:
    """What the results depend on."""
    return {
        "django": django.get_version(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "USE_TZ": settings.USE_TZ,
        "TIME_ZONE": settings.TIME_ZONE,
    }


def _run(played: Played, loaded: Loaded) -> Plain:
    report, shown = played.report, played.shown
    return {
        **tell_run(report),
        "preview": [tell_row(row) for row in report.preview[:_ROWS]],
        "columns": list(shown.columns),
        "returned": None if shown.is_nothing else report.rows,
        "printed": played.printed,
        "advice": _advice(report, loaded),
    }


def _advice(report: Report, loaded: Loaded) -> str | None:
    return advise(report.error or "", loaded.files) if report.status == Status.RAISED else None


def _comparison(comparison: Comparison) -> Plain:
    difference = comparison.difference
    return {
        "says": comparison.says,
        "same": comparison.is_same,
        "difference": [aligned(each) for each in (difference.differences if difference else ())],
    }


def _access(access: Access) -> Plain:
    return {
        "place": tell_place(access.place),
        "what": access.what,
        "answered_by": str(access.answered_by),
        "count": access.count,
        "queries": access.queries,
        "statements": list(access.statements),
    }


def _cascade(node: CascadeNode) -> Plain:
    return {
        "model": node.model,
        "relation": node.relation,
        "on_delete": node.on_delete,
        "reason": node.reason,
        "steps": [
            {"number": step.number, "kind": step.kind, "rows": step.rows, "count": step.count}
            for step in node.steps
        ],
        "children": [] if node.is_empty else [_cascade(child) for child in node.children],
    }


def _trouble(error: LabError, loaded: Loaded) -> Plain:
    text = say(error)
    place = blame(error, loaded.sketch.folder)
    return {"trouble": {"text": text, "place": tell_place(place), "advice": advise(text, loaded.files)}}
