"""What a page that takes many runs says while its reader waits for them."""

from lab.engines.base import Engine
from lessons.course.contract import Lesson
from lessons.measured.matrix import LONG

_WORDS = {
    "staircase": "Running {variants} variants on {engine}, several times each.",
    "curve": "Running two variants on every shelf of {engine}.",
    "engines": "Running one variant on every engine.",
    "spans": "Tracing {variants} variants on {engine}, each in a process of its own.",
    "matrix": "Racing {forms} variants at every isolation level of {engine}, for about {long} seconds.",
    "orders": "Racing the sessions on {engine}, in every order of their turns.",
}
_KEPT = ("staircase", "curve", "spans", "orders")  # until when it is asked for again


def what_runs(lesson: Lesson, page: str, engine: Engine) -> str:
    """Return what the page of this name runs on the engine, in a sentence or two; "" where it is soon there."""
    words = _WORDS.get(page, "").format(
        variants=len(lesson.variants), engine=engine.label, forms=sum(map(len, lesson.matrix)), long=LONG
    )
    if page == "curve" and lesson.curve:
        words = f"Running two variants on {engine.label}, {lesson.curve.word} after {lesson.curve.word}."
    return f"{words} The first time takes a few seconds." if page in _KEPT else words
