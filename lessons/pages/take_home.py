"""What a reader takes home from a lesson: the fix in a line, and a test for a project of their own."""

from dataclasses import dataclass

import django
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.views.decorators.http import require_safe

from lessons.course.contract import DJANGO, Environment, Lesson, LessonError
from lessons.pages.asked import of_course
from lessons.pages.changed import changed_lines
from lessons.pages.errors.faults import NoSuchPage
from lessons.take_home.test_file import TestFile, write_test
from lessons.words.listing import highlighted_python

_LINES = 2  # of code, that still are a fix in a line


@dataclass(frozen=True, kw_only=True)
class TakeHome:
    lesson: Lesson
    lines: tuple[str, ...]  # as HTML, that the optimized variant alone has; none where they are many
    test: TestFile | None
    test_html: str
    versions: tuple[str, ...]  # of Django that the test is run on


_made: dict[tuple[str, str], TakeHome] = {}  # by the lesson's path and what reverse() puts before the addresses


def take_home_of(lesson: Lesson) -> TakeHome:
    """It is the same until the lesson is read anew."""
    key = lesson.path, get_script_prefix()
    found = _made.get(key)
    if found is None or found.lesson is not lesson:
        found = _made[key] = _make(lesson)
    return found


def _make(lesson: Lesson) -> TakeHome:
    environment = Environment(engine=lesson.default_engine, django=django.get_version())
    try:
        test = write_test(lesson, environment)
    except LessonError:  # check_lessons says what is wrong
        test = None
    _, lines = changed_lines(*lesson.variants[:2])
    return TakeHome(
        lesson=lesson,
        lines=lines if len(lines) <= _LINES else (),
        test=test,
        test_html=highlighted_python(test.text) if test else "",
        versions=tuple(version for version in DJANGO if lesson.variant("optimized").django.contains(version)),
    )


@require_safe
def test_file(request: HttpRequest, track: str, slug: str) -> HttpResponse:
    """The test as a file. Raises NoSuchPage."""
    lesson = of_course("lesson", f"{track}/{slug}")
    test = take_home_of(lesson).test
    if test is None:
        raise NoSuchPage(f"“{lesson.title}” has no test to take home.")
    return HttpResponse(
        test.text,
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{test.name}"'},
    )
