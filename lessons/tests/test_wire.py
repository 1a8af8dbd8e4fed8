"""The count on the page is the count on the wire: PostgreSQL itself says what it was sent."""

import pytest

from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.runs.shelved import ShelvedLesson
from lessons.tests.wire import listening

LESSONS = [
    lesson for lesson in get_catalog().lessons if lesson.kind is Kind.RUNS and "postgresql" in lesson.engines
]


@pytest.fixture
def listen(engine, engine_shelves, monkeypatch):
    with listening(engine, monkeypatch) as listen:
        yield listen


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_every_lesson_sends_what_it_is_said_to_send(listen, engine_shelves):
    told, sent = {}, {}
    for lesson in LESSONS:
        for variant in lesson.variants:
            wire = listen()
            report = ShelvedLesson(lesson=lesson, shelf=engine_shelves[10]).record(variant)
            told[f"{lesson.path} {variant.name}"] = report.queries
            sent[f"{lesson.path} {variant.name}"] = wire.queries()
    assert sent == told
    assert sum(sent.values()) > len(sent)
