"""Puts the test of a lesson and what it tests into one file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django

from lessons.course.contract import Environment, Lesson, LessonError, Variant
from lessons.take_home.defaults import TAKE_HOME, default_test
from lessons.take_home.joining import Joined, NotJoined
from lessons.take_home.tables import IMPORTS, make_tables
from lessons.take_home.templates import write_templates

_HARNESS = Path(__file__).with_name("in_turns.py")
_HEAD = '''\
"""{title}

From Queryshelf, lesson {path}.
It runs as it is in a project with the bookstore: the app `library`, and its fixture. In your own
project, put it into the tests of an app, and let your models, fixture and code take their places.
"""
'''


@dataclass(frozen=True, kw_only=True)
class TestFile:
    name: str
    text: str

    __test__ = False  # for pytest


def write_test(lesson: Lesson, environment: Environment, *, variant: str = "optimized") -> TestFile:
    """Return the test of a lesson in which it tests this variant: it passes with the optimized one alone.

    Raises LessonError where it cannot be made.
    """
    try:
        body = _write(lesson, lesson.variant(variant), environment)
    except NotJoined as error:
        raise LessonError(lesson.path, f"has no test to take home: {error}", f"Mend {TAKE_HOME}.") from None
    return TestFile(
        name=f"test_{lesson.slug}.py", text=_HEAD.format(title=lesson.title, path=lesson.path) + "\n" + body
    )


def missing_tests(lessons: Iterable[Lesson]) -> Iterator[str]:
    """Tell in a sentence of each lesson that has no test to take home."""
    for lesson in lessons:
        try:
            write_test(lesson, Environment(engine=lesson.default_engine, django=django.get_version()))
        except LessonError as error:
            yield str(error)


def _write(lesson: Lesson, variant: Variant, environment: Environment) -> str:
    files = {
        "setup": lesson.folder / "setup.py",
        **lesson.module_paths,
        "optimized": variant.path,  # whichever is put to the test
        "race": lesson.folder / "race.py",
        "in_turns": _HARNESS,
    }
    joined = Joined(
        {
            "templates": write_templates(lesson),
            **{name: path.read_text(encoding="utf-8") for name, path in files.items() if path.exists()},
        }
    )
    own = lesson.folder / TAKE_HOME
    joined.add(own.read_text(encoding="utf-8") if own.exists() else default_test(lesson, variant, environment))
    tables = make_tables(joined.statements().get("setup", ()))
    return joined.text(imports=IMPORTS if tables else frozenset(), before_last=tables)
