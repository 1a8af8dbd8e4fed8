"""A lesson's models, admin classes, receivers and lookups are a run's own: each runs twice, with others between."""

import sys

import pytest
import rest_framework.compat  # noqa: F401 - registers lookups as it is first imported, by a lesson or here
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db.models.query_utils import RegisterLookupMixin
from django.template import engines
from django.urls import get_urlconf

from lab.running.belongings import signals
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.proof.runs import BOUNDS
from lessons.runs.shelved import ShelvedLesson
from lessons.tests.by_chance import BY_CHANCE
from lessons.tests.landing import some

LESSONS = [lesson for lesson in get_catalog().lessons if lesson.kind is Kind.RUNS and lesson.path not in BY_CHANCE]


def registries():
    """What a lesson's code can register, seen from outside of what puts it back."""
    lookups = [RegisterLookupMixin]
    for each in lookups:
        lookups += each.__subclasses__()
    return {
        "models": {label: sorted(models) for label, models in apps.all_models.items()},
        "relations": {
            model._meta.label: sorted(map(str, model._meta.related_objects)) for model in apps.get_models()
        },
        "receivers": [[key for key, *_ in signal.receivers] for signal in signals()],
        "admin": sorted(model._meta.label for model in admin.site._registry),
        "lookups": {each.__qualname__: sorted(vars(each).get("class_lookups", ())) for each in set(lookups)},
        "content types": dict(ContentType.objects._cache),
        "libraries": {name: [*engine.engine.template_libraries] for name, engine in enumerate(engines.all())},
        "serializers": sorted(serializers._serializers),
        "urlconf": (get_urlconf(), settings.ROOT_URLCONF),
        "modules": {name for name in sys.modules if name in {"setup", "shop", "library.lesson"}},
    }


def told(shelved):
    """What the reader sees of each variant, but for the times."""
    found = {}
    for variant in shelved.lesson.variants:
        report = shelved.record(variant, bounds=BOUNDS)
        groups = [
            (group.sql, group.count, group.rows, group.cause, group.way, group.place) for group in report.groups
        ]
        found[variant.name] = (report.status, report.error, report.digest, groups)
    return found


@pytest.mark.parametrize("lesson", some(LESSONS))
def test_a_lesson_runs_alike_before_and_after_another(shelves, lesson):
    engine = shelves[10].engine_name
    one, other = (
        ShelvedLesson(lesson=each, shelf=Shelf(books=10, engine_name=engine))
        for each in (lesson, LESSONS[LESSONS.index(lesson) - 1])
    )
    before = registries()
    first = told(one)
    told(other)
    assert told(one) == first
    now = registries()
    for name in now["lookups"].keys() - before["lookups"].keys():  # a module of a library may stay imported
        del now["lookups"][name]
    assert now == before
