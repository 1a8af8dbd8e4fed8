"""Checks of a lesson whose variants are runs."""

from collections.abc import Iterator

from lessons.course.contract import SIZES, Lesson, LessonError


def check_runs(lesson: Lesson) -> None:
    """Raise LessonError for what races alone have."""
    if lesson.matrix:
        raise LessonError(lesson.path, "has a matrix and no sessions.", "Take `matrix` out: it is made of races.")
    for what, there in (
        ("has a race.py", (lesson.folder / "race.py").exists()),
        ("declares races", any(variant.races for variant in lesson.variants)),
    ):
        if there:
            raise LessonError(lesson.path, f"{what} and no sessions.", 'Name them: sessions = ["alice", "bob"].')


def unrecorded_counts(lesson: Lesson) -> Iterator[str]:
    for variant in lesson.variants:
        missing = [f"{books:,}" for books in SIZES if books not in variant.counts]
        if missing:
            here = f", which needs Django {variant.django}" if str(variant.django) else ""
            yield f"the queries of {variant.name} at {missing[0]} books{here}"
