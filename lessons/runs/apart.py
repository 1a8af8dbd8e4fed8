"""What of a lesson runs apart, and what is told where its process ends before it does."""

import copyreg
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

from lab.apart.client import ask, is_apart
from lab.exceptions import RunnerEnded
from lab.race import RaceReport
from lab.recording.report import Report, Status
from lessons.course.contract import Lesson, LessonError

Method = TypeVar("Method", bound=Callable[..., Any])
copyreg.pickle(LessonError, lambda error: (LessonError, (error.lesson, error.fault, error.remedy)))


def reporting(kind: type[Report] | type[RaceReport]) -> Callable[[Method], Method]:
    """For a method that runs apart and returns such a report: one says it where the run's process was ended."""

    def decorate(method: Method) -> Method:
        @wraps(method)
        def report(*args: Any, **options: Any) -> Any:
            if not is_apart():
                return method(*args, **options)
            try:
                return ask(report, *args, **options)
            except RunnerEnded as error:
                return kind(status=Status.STOPPED, error=str(error))

        return report  # type: ignore[return-value]

    return decorate


def lesson_in(folder: Path) -> Lesson:
    """The lesson as its files are now. Raises LessonError."""
    return _read(folder, max((path.stat().st_mtime_ns for path in folder.glob("*")), default=0))


@lru_cache(maxsize=256)
def _read(folder: Path, edited: int) -> Lesson:
    from lessons.course.reading import read_lesson  # here: a browser has lessons that are read

    return read_lesson(folder)
