"""Runs a lesson's code in the lab."""

from contextlib import contextmanager
from functools import lru_cache

import django
from django.apps import apps

from lab.engines import get_engine
from lab.exceptions import NoStatement
from lab.recording.places import StackPlaces
from lab.recording.report import Report, Status
from lab.running import runner
from lab.running.accesses import list_accesses
from lab.running.explaining import explain
from lab.running.loading import load
from lab.running.rows import PREVIEW
from lab.running.setup import load_setup
from lessons.course.contract import Environment, LessonError
from lessons.runs.loaders import templates_of


def environment(shelf):
    return Environment(engine=shelf.engine_name, django=django.get_version())


def unavailable(lesson, variant, shelf):
    """Return why the variant cannot run on this shelf, or None."""
    return needs_engine(lesson, shelf) or variant.needs(environment(shelf))


def needs_engine(lesson, shelf):
    """Return why the lesson is not for the shelf's engine, or None."""
    if shelf.engine_name in lesson.engines:
        return None
    engines = " and ".join(get_engine(name).label for name in lesson.engines)
    return f"is not for {shelf.engine.label}; it is for {engines}"


def record_variant(lesson, variant, shelf, *, bounds=None, keep=PREVIEW):
    """Return the Report of one recorded run, with a preview of `keep` rows.

    Raises LessonError where the file is not a variant's.
    """
    if reason := unavailable(lesson, variant, shelf):
        return Report(status=Status.UNAVAILABLE, error=f"{variant.title} {reason}.")
    run = load_function(lesson, variant.path, "run")
    with templates_of(lesson):
        return runner.record(
            run, shelf=shelf, ordered=lesson.ordered, bounds=bounds, keep=keep, **where_of(lesson)
        )


def explain_variant(lesson, variant, shelf, n):
    """Return the Explanation of statement n of a run made again. Raises NoStatement, and LessonError like
    record_variant.
    """
    if reason := unavailable(lesson, variant, shelf):
        raise NoStatement(f"{variant.title} {reason}.")
    run = load_function(lesson, variant.path, "run")
    with templates_of(lesson):
        return explain(run, n, shelf=shelf, **where_of(lesson))


def trace_variant(lesson, variant, shelf, *, bounds=None):
    """Return the Accesses of a run made again. Raises NoTrace, and LessonError like record_variant."""
    places = StackPlaces(lesson.folder)
    return run_variant(list_accesses, lesson, variant, shelf, places=places, bounds=bounds)


def measure_variant(lesson, variant, shelf, *, runs=5, template=None):
    """Return the Wall of unrecorded repeats. template: what template_of() gives, for many calls"""
    return run_variant(runner.measure, lesson, variant, shelf, runs=runs, template=template)


@contextmanager
def template_of(lesson, shelf):
    """A Copy of the shelf on which the lesson's setup has run; None where it has none."""
    prepare = prepare_of(lesson)
    if prepare is None:
        yield None
        return
    with templates_of(lesson), shelf.copy(prepare=prepare) as template:
        yield template


def run_variant(measure, lesson, variant, shelf, **options):
    """Return what `measure(run, shelf=…, access=…, prepare=…)` makes of the variant's run()."""
    run = load_function(lesson, variant.path, "run")
    with templates_of(lesson):
        return measure(run, shelf=shelf, access=lesson.access, prepare=prepare_of(lesson), **options)


def load_function(lesson, path, name):
    return load_functions(lesson, path, [name])[name]


def load_functions(lesson, path, names, *, optional=()):
    """{name: function} of one of the lesson's files, loaded anew; of `optional` those that are there.

    Raises LessonError, or LoadError.
    """
    setup = _setup(lesson)
    modules = {"setup": setup.module} if setup else None
    namespace = load(path.read_text(encoding="utf-8"), str(path), modules=modules)
    for name in names:
        if not callable(namespace.get(name)):
            raise LessonError(lesson.path, f"{path.name} has no {name}().", f"Define {name}() in it.")
    return {name: namespace[name] for name in (*names, *optional) if name in namespace}


def models_of(lesson):
    """The bookstore's models, and those of the lesson's setup.py; join tables' too. Raises LoadError."""
    setup = _setup(lesson)
    return [*apps.get_models(include_auto_created=True), *(setup.models if setup else ())]


def where_of(lesson):
    """How the lesson's code runs, as keywords of lab.running.runner.record()."""
    return {"access": lesson.access, "places": StackPlaces(lesson.folder), "prepare": prepare_of(lesson)}


def prepare_of(lesson):
    """What makes the lesson's private copy ready, or None."""
    setup = _setup(lesson)
    return setup and setup.prepare


def _setup(lesson):
    """The Setup of the lesson's setup.py, or None. Raises LoadError."""
    path = lesson.folder / "setup.py"
    return _load_setup(path.read_text(encoding="utf-8"), str(path)) if path.exists() else None


# Loaded once: a lesson's models are classes that all its runs share.
_load_setup = lru_cache(maxsize=256)(load_setup)
