"""One event for each run, refusal, bound and reader who left, with nothing of the reader."""

import logging
from functools import partial

import pytest

from lab.exceptions import Busy, Left
from lab.recording.bounds import Bounds
from lab.recording.report import Status
from lessons import events
from lessons.pages.tests.addresses import NAIVE
from lessons.runs.shelved import ShelvedLesson

LESSON = "/lessons/a_track/a_lesson/"
OF_A_LESSON = {"lesson": "a_track/a_lesson", "engine": "sqlite", "books": 10}
NOT_OURS = ("203.0.113.7", "Curious", "guess", "987")


@pytest.fixture
def told(get, caplog):
    """Asks for a page as a reader with an address and a browser does. Returns the events, without their times."""
    caplog.set_level(logging.INFO, "queryshelf")

    def ask(address, status=200):
        caplog.clear()
        get(address, status=status, user_agent="Curious", x_forwarded_for="203.0.113.7")
        lines = [record for record in caplog.records if record.name == "queryshelf"]
        assert not [text for text in NOT_OURS for line in lines if text in repr(line.msg)]
        ask.levels = [line.levelname for line in lines]
        ask.times = [line.msg.pop("ms") for line in lines if "ms" in line.msg]
        return [line.msg for line in lines]

    return ask


def test_run_is_told(told):
    run = {"event": "run", "page": "variant", **OF_A_LESSON, "ended": "ok", "variant": "naive", "queries": 11}
    assert told(f"{NAIVE}?books=10&guess=987") == [run]
    assert told.levels == ["INFO"]
    assert told.times[0] > 0


@pytest.mark.parametrize(
    ("page", "runs"),
    [
        ("compare/?books=10", [("naive", 11), ("optimized", 1)]),
        ("naive/plan/2/?books=10", [("naive", 11)]),
    ],
)
def test_each_run_of_a_page_is_told(told, page, runs):
    assert [(each["variant"], each["queries"]) for each in told(f"{LESSON}{page}")] == runs


def test_runs_on_every_engine_are_told(told, engines_at_hand, shelves_at_hand):
    assert [each["engine"] for each in told(f"{LESSON}engines/?books=10")] == engines_at_hand


def test_claims_are_told_by_their_names(told, course):
    course.write("claims.py", 'def it_asks(log):\n    """It asks."""\n    return False\n')
    course.add("lesson.toml", '\n[claims.it_asks]\ntruth = "It does not."\nexpect = false\n')
    assert [each["variant"] for each in told(f"{LESSON}claims/?books=10")] == ["it_asks"]


def test_race_is_told(told, race_course):
    (run,) = told(f"{LESSON}naive/?schedule=alice+bob+alice+bob")
    assert (run["event"], run["variant"], run["ended"]) == ("run", "naive", "ok")
    assert run["queries"] > 0


def test_what_was_kept_is_not_told_again(told):
    for page, address in {"curve": "curve/", "lesson": "?guess=987"}.items():
        (run,) = told(f"{LESSON}{address}")
        assert (run["page"], run["ended"]) == (page, "ok")
        assert told(f"{LESSON}{address}") == []


def test_error_of_a_run_is_named(told, course):
    course.add("naive.py", "        raise KeyError(book.title)\n")
    (run,) = told(f"{NAIVE}?books=10")
    assert (run["ended"], run["error"]) == ("raised", "KeyError")
    assert told.levels == ["INFO"]  # it may be what the lesson is about


def test_bound_is_told(told, monkeypatch):
    record = ShelvedLesson.record
    bounded = partial(record, bounds=Bounds(queries=5))
    monkeypatch.setattr(ShelvedLesson, "record", lambda shelved, variant, keep: bounded(shelved, variant))
    (bound,) = told(f"{NAIVE}?books=10")
    assert (bound["event"], bound["ended"], bound["why"]) == (
        "bound",
        Status.STOPPED,
        "stopped after 5 statements",
    )
    assert told.levels == ["WARNING"]


def test_refusal_is_told_once_with_its_reason(told, full_house):
    (refusal,) = told(f"{NAIVE}?books=10", status=503)
    why = "All 1 places are taken by other readers' runs. Try again in a moment."
    assert refusal == {
        "event": "refused", "page": "variant", "lesson": "a_track/a_lesson", "variant": "naive",
        "error": "Busy", "why": why, "retry_after": str(Busy.retry_after),
    }  # fmt: skip
    assert told.levels == ["WARNING"]


def test_django_logs_no_refusal_beside_it(told, full_house, caplog):
    told(f"{NAIVE}?books=10", status=503)
    assert [record.name for record in caplog.records] == ["queryshelf"]


def test_reader_who_leaves_is_told(told, monkeypatch, client):
    def leave(*args, **options):
        raise Left("stopped, since the reader has left")

    class Open:
        def recv(self, *args):
            raise BlockingIOError

    monkeypatch.setattr(ShelvedLesson, "record", leave)
    client.defaults["gunicorn.socket"] = Open()
    assert told(f"{NAIVE}?books=10", status=499) == [
        {"event": "left", "page": "variant", "lesson": "a_track/a_lesson", "variant": "naive"}
    ]
    assert told.levels == ["INFO"]


def test_process_counts_what_it_tells(told):
    before = events.tally.copy()
    told(f"{NAIVE}?books=10")
    assert events.tally["run"] == before["run"] + 1
    assert events.tally["making"] == before["making"] == 0


def test_who_listens_gets_what_the_log_gets(told):
    heard = []

    def hear(sender, facts, **kwargs):
        heard.append((sender, facts["ended"]))

    events.happened.connect(hear)
    try:
        told(f"{NAIVE}?books=10")
    finally:
        events.happened.disconnect(hear)
    assert heard == [("run", "ok")]
