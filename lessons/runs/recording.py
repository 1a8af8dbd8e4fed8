"""The run of a variant that a page shows: one of its own, or one that it shares with others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from lab.recording.report import Report
from lab.running.rows import PREVIEW
from lessons.course.contract import Variant
from lessons.runs.row_diff import KEPT
from lessons.runs.shelved import ShelvedLesson

_Made = tuple[str, str, object, object]
_shared: dict[_Made, Report] | None = None


@contextmanager
def one_recording() -> Iterator[None]:
    """Let all pages that this process makes until the end of the block show one run of a variant on a shelf."""
    global _shared
    _shared = {}
    try:
        yield
    finally:
        _shared = None


def record(shelved: ShelvedLesson, variant: Variant, **options: Any) -> Report:
    """As ShelvedLesson.record(). options: keep; bounds, of a run of its own"""
    if _shared is None:
        return shelved.record(variant, **options)
    keep = options.get("keep", PREVIEW)
    key = (shelved.lesson.path, variant.name, shelved.shelf, shelved.keywords)
    if key not in _shared:
        _shared[key] = shelved.record(variant, keep=max(keep, KEPT))
    report = _shared[key]
    return replace(report, preview=report.preview[:keep])
