"""The tests that readers take home, run in a project of their own: they pass, and with the naive code they fail."""

import json
import os
import subprocess
import sys

import django
import pytest

from lab.engines import get_engine
from lessons.course.catalog import get_catalog
from lessons.course.contract import Environment, LessonError
from lessons.take_home.test_file import write_test
from lessons.tests.landing import some
from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("take_home")  # one project runs them all


def _on(lesson):
    return Environment(engine=lesson.default_engine, django=django.get_version())


LESSONS = [lesson for lesson in get_catalog().lessons if lesson.variant("optimized").needs(_on(lesson)) is None]
PAIR = ("optimized", "naive")


def _app(lesson, variant):
    return f"lesson_{lesson.path.replace('/', '_')}_{variant}"


def _database(engine, folder):
    if engine == "sqlite":
        # In memory, threads would share one connection's locks.
        file = str(folder / "test.sqlite3")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "TEST": {"NAME": file}}
    server = get_engine(engine)
    settings = {**server.address.find(), "ENGINE": server.backend}
    return {**settings, "NAME": "postgres", "TEST": {"NAME": f"take_home_{os.getpid()}"}}


@pytest.fixture(scope="module")
def outcomes(request, shelves_at_hand, tmp_path_factory):
    """{app: what unittest printed, "" where its tests passed}, of the lessons that are asked for."""
    asked = {
        item.callspec.params["lesson"].path for item in request.session.items if item.module is request.module
    }
    lessons = [lesson for lesson in LESSONS if lesson.path in asked]
    found = {}
    for engine in sorted({lesson.default_engine for lesson in lessons}):
        folder = tmp_path_factory.mktemp(engine)
        here = [lesson for lesson in lessons if lesson.default_engine == engine]
        apps = [app for lesson in here for app in _write_apps(folder, lesson)]
        environment = {
            **os.environ,
            "SCRATCH": str(folder),
            "SCRATCH_DATABASE": json.dumps(_database(engine, folder)),
            "DJANGO_SETTINGS_MODULE": "tests.scratch_project.settings",
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        }
        command = [sys.executable, "-W", "error", "-m", "tests.scratch_project.run", *apps]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder, timeout=600)
        assert done.returncode == 0, done.stderr
        found |= json.loads(done.stdout)
    return found


def _write_apps(folder, lesson):
    """Return their names; none where a lesson has no test, which is told for that lesson alone."""
    try:
        texts = {_app(lesson, name): write_test(lesson, _on(lesson), variant=name).text for name in PAIR}
    except LessonError:
        return []
    for app, text in texts.items():
        (folder / app).mkdir()
        (folder / app / "__init__.py").touch()
        (folder / app / "tests.py").write_text(text, encoding="utf-8")
    return list(texts)


@pytest.mark.parametrize("lesson", some(LESSONS))
def test_taken_home_it_passes(lesson, outcomes):
    write_test(lesson, _on(lesson))  # which says what is wrong, if something is
    if said := outcomes[_app(lesson, "optimized")]:
        pytest.fail(said, pytrace=False)


@pytest.mark.parametrize("lesson", some(LESSONS))
def test_taken_home_it_fails_with_the_naive_code(lesson, outcomes):
    said = outcomes[_app(lesson, "naive")]
    assert said
    assert not set(WRONG) & set(said.split()), said


# A test that fails for one of these tells nothing of the code.
WRONG = ("NameError:", "ImportError:", "ModuleNotFoundError:", "AttributeError:", "TypeError:")
