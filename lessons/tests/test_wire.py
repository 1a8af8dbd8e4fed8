"""The count on the page is the count on the wire: PostgreSQL itself says what it was sent."""

import pytest

from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.runs.shelved import ShelvedLesson
from lessons.tests.landing import some
from lessons.tests.wire import listening

pytestmark = pytest.mark.once

LESSONS = [
    lesson for lesson in get_catalog().lessons if lesson.kind is Kind.RUNS and "postgresql" in lesson.engines
]

# Queries of a connection that is gone: it is asked, and nothing is sent.
NOT_SENT = {"many_connections/streaming pages_alone": 1}


@pytest.fixture
def listen(engine, engine_shelves, monkeypatch):
    with listening(engine, monkeypatch) as listen:
        yield listen


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("lesson", some(LESSONS))
def test_every_lesson_sends_what_it_is_said_to_send(listen, lesson, engine_shelves):
    sent = 0
    for variant in lesson.variants:
        wire = listen()
        report = ShelvedLesson(lesson=lesson, shelf=engine_shelves[10]).record(variant)
        not_sent = NOT_SENT.get(f"{lesson.path} {variant.name}", 0)
        assert wire.queries() == report.queries + _sent_again(report) - not_sent, variant.name
        sent += wire.queries()
    assert sent > 0


def _sent_again(report):
    """One executemany() is one query on the page. psycopg sends its statement once for each row."""
    samples = [sample for group in report.groups for sample in group.samples if isinstance(sample, list)]
    return sum(len(rows) - 1 for rows in samples if all(isinstance(row, tuple) for row in rows))
