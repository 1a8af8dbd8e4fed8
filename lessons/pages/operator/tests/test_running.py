"""What /status/ says of now: plain numbers, of runs apart or not."""

import logging
import re
from datetime import UTC, datetime

import psutil
import pytest

from lab.apart.state import RunnerState, State
from lab.apart.tests.having import having_runners
from lab.engines.sqlite import SQLite
from lab.exceptions import RunnersDown
from lessons.pages.operator import asking, running
from lessons.pages.tests.addresses import NAIVE


@pytest.fixture
def figures(get):
    """{what a row of the page is called: its figure}"""

    def figures():
        return dict(re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td></tr>', get("/status/")))

    return figures


def test_process_says_what_it_did(get, figures, full_house):
    before = figures()
    get(f"{NAIVE}?books=10", status=503)
    full_house.close()
    get(f"{NAIVE}?books=10")
    get(f"{NAIVE}?books=10")
    after = figures()
    more = {name: int(after[name]) - int(before[name]) for name in ("Runs", "Pages refused", "Errors")}
    assert more == {"Runs": 2, "Pages refused": 1, "Errors": 0}
    assert after["Pages of lessons that are being made"] == "0"


def test_page_that_is_being_made_is_counted(figures, get, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "lessons.runs.shelved.ShelvedLesson.record", lambda *args, **options: seen.append(figures()) or 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        get(f"{NAIVE}?books=10")
    assert seen[0]["Pages of lessons that are being made"] == "1"
    assert figures()["Pages of lessons that are being made"] == "0"


def test_memory_is_that_of_this_process_at_least():
    assert running.web_memory() >= psutil.Process().memory_info().rss * 0.9


def test_runners_are_listed(get, figures, monkeypatch):
    busy = RunnerState(pid=11, rss_bytes=50 * 2**20, runs="a_track/a_lesson", seconds=1.26, heavy=True)
    idle = RunnerState(pid=12, rss_bytes=30 * 2**20, runs="", seconds=0, heavy=False)
    state = State(
        runners=(busy, idle),
        waiting=5,
        waiting_heavy=2,
        ended=40,
        refused=3,
        killed=1,
        started_at=datetime(2026, 11, 29, 20, 15, tzinfo=UTC),
        fault="",
    )
    monkeypatch.setattr(running, "state_of_runners", lambda: state)
    said = figures()
    assert said["Requests that wait for a runner"] == "5"
    assert said["Requests that were refused one"] == "3"
    assert said["Memory of the runners"].replace("\xa0", " ") == "80.0 MB"
    html = get("/status/")
    assert "<code>a_track/a_lesson</code>, many runs</td><td>1.3 s</td>" in html
    assert "<td>nothing</td><td></td>" in html
    assert "since 2026-11-29 20:15 UTC" in html


def test_runners_that_do_not_answer_are_told(get, monkeypatch):
    def down():
        raise RunnersDown("What lends processes to runs does not answer.")

    monkeypatch.setattr(running, "state_of_runners", down)
    assert '<p class="outcome unavailable">What lends processes to runs does not answer.</p>' in get("/status/")


def test_crawler_that_asks_again_and_again_asks_the_engines_once(get, monkeypatch):
    asked = []
    monkeypatch.setattr(SQLite, "version", lambda engine: asked.append(engine) or "3")
    for _ in range(4):
        get("/status/")
    assert len(asked) == 1
    asking.forget()
    get("/status/")
    assert len(asked) == 2


@pytest.mark.once
def test_run_apart_is_told_by_the_process_that_asked(get, figures, caplog):
    caplog.set_level(logging.INFO, "queryshelf")
    with having_runners():
        get(f"{NAIVE}?books=10")
        (run,) = [record.msg for record in caplog.records if record.name == "queryshelf"]
        assert (run["event"], run["variant"], run["queries"], run["ended"]) == ("run", "naive", 11, "ok")
        said = figures()
        assert said["Requests that had a runner"] == "1"
        assert said["Requests that wait for a runner"] == "0"
        assert get("/status/").count("<td>nothing</td>") == 2
