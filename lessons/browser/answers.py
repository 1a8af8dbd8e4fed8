"""Answers what the page asks of the worker, as text to text: JSON."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lab.exceptions import LabError
from lab.shelves import Shelf
from lessons.browser.playing import drawn, explained, looked, play, traced
from lessons.browser.telling import tell_plan, tell_run
from lessons.challenge.judging import judge
from lessons.challenge.shelves import judged_shelves
from lessons.course.contract import LessonError, Variant
from lessons.runs.parcel import unparcel
from lessons.runs.shelved import ShelvedLesson

ROOT = Path("/lessons")


def answer(text: str) -> str:
    """Return the reply to a message, {"do": …, …}; {"fault": …} is a sentence of why there is none."""
    message = json.loads(text)
    # A browser's loop never ends, and the ORM would refuse to work in it.
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        reply = _ANSWERS[message.pop("do")](**message)
    except (LabError, LessonError) as error:
        reply = {"fault": str(error)}
    finally:
        asyncio._set_running_loop(loop)
    return json.dumps(reply)


def _run(lesson: dict[str, Any], variant: str, books: int, code: str | None = None) -> dict[str, Any]:
    """code: of the reader, in the place of the variant's"""
    shelved = _shelved(lesson, books)
    return {"run": tell_run(shelved.record(_with(code, shelved, variant)))}


def _judge(lesson: dict[str, Any], code: str) -> dict[str, Any]:
    return {"verdict": judge(lesson, code, root=ROOT, shelves=judged_shelves()).as_plain()}


def _explain(lesson: dict[str, Any], variant: str, books: int, n: int, code: str | None = None) -> dict[str, Any]:
    shelved = _shelved(lesson, books)
    return {"plan": tell_plan(shelved.explain(_with(code, shelved, variant), n))}


def _examine(lesson: dict[str, Any], claim: str, books: int) -> dict[str, Any]:
    shelved = _shelved(lesson, books)
    report = shelved.examine(next(each for each in shelved.lesson.claims if each.name == claim))
    return {"claim": {"status": report.status, "error": report.error, "result": report.result}}


def _shelved(lesson: dict[str, Any], books: int) -> ShelvedLesson:
    return ShelvedLesson(lesson=unparcel(lesson, ROOT), shelf=Shelf(books=books))


def _with(code: str | None, shelved: ShelvedLesson, name: str) -> Variant:
    variant = shelved.lesson.variant(name)
    if code is not None:
        variant.path.write_text(code, encoding="utf-8")
    return variant


_ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {
    "run": _run,
    "judge": _judge,
    "explain": _explain,
    "examine": _examine,
    "play": play,
    "explain_play": explained,
    "trace": traced,
    "look": looked,
    "draw": drawn,
}
