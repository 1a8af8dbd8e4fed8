"""What `run_lesson --with` gives to run()."""

from lessons.course.contract import Lesson, LessonError


def read_keyword(lesson: Lesson, text: str | None) -> dict[str, int]:
    """Read “page=50”. Raises LessonError where the curve of the lesson is not over that."""
    if text is None:
        return {}
    over = lesson.curve.over if lesson.curve else None
    name, _, value = text.partition("=")
    if over is None:
        raise LessonError(lesson.path, "gives nothing to run(): it has no [curve].", "Leave --with out.")
    if name != over or not value.isascii() or not value.isdecimal() or not int(value):
        raise LessonError(lesson.path, f"gives {over!r} to run(), a whole number.", f"Type: --with {over}=10")
    return {name: int(value)}
