"""The run that a page shows of a variant: one of its own, or one that it shares with others."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lab.recording.report import Report
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


def record(shelved: ShelvedLesson, variant: Variant, *, keep: int) -> Report:
    """As ShelvedLesson.record()."""
    if _shared is None:
        return shelved.record(variant, keep=keep)
    key = (shelved.lesson.path, variant.name, shelved.shelf, shelved.keywords)
    if key not in _shared:
        _shared[key] = shelved.record(variant, keep=max(keep, KEPT))
    report = _shared[key]
    return replace(report, preview=report.preview[:keep])
