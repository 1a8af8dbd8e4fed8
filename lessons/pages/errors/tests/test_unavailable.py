import errno
import logging
import re
import sqlite3
from contextlib import contextmanager
from html import unescape

import pytest
from django.db import OperationalError

from lab.engines.sqlite import SQLite
from lab.exceptions import Busy, EngineUnavailable, SetupFailed, ShelfMissing, ShelfStale
from lessons.course.contract import LessonError
from lessons.pages.tests.addresses import NAIVE

SQLITE = "The same page on SQLite"


def sqlite_error(code):
    error = sqlite3.OperationalError("/var/secret: it failed")
    error.sqlite_errorcode = code
    return error


def from_driver(code):
    error = OperationalError("it failed")
    error.__cause__ = sqlite_error(code)
    return error


def raises(error):
    raise error


@pytest.fixture
def fails(monkeypatch):
    """Lets every run of a lesson end in this error."""

    def fail(error):
        def record(*args, **options):
            raise error

        monkeypatch.setattr("lessons.runs.shelved.ShelvedLesson.record", record)

    return fail


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (Busy("Others run."), "2"),
        (EngineUnavailable("It is off."), "20"),
        (ShelfMissing("It is missing."), "60"),
        (ShelfStale("It is old."), "60"),
        (SetupFailed("It fails."), "60"),
        (LessonError("a_track/a_lesson", "is broken.", "Mend it."), "60"),
    ],
)
def test_page_says_when_to_try_again(get, fails, caplog, error, seconds):
    fails(error)
    html = get(f"{NAIVE}?books=10", status=503)
    assert "<h1>That cannot be shown.</h1>" in html
    assert str(error) in html
    assert get.response["Retry-After"] == seconds
    assert get.response["Cache-Control"] == "no-store"
    assert f'href="{NAIVE}?books=10">Try again</a>' in html
    assert f'data-retry="{seconds}" hidden' in html
    assert 'href="/status/"' in html
    (record,) = caplog.records
    assert (record.msg["error"], record.msg["why"]) == (type(error).__name__, str(error))
    assert SQLITE not in html


@pytest.mark.parametrize("asked", [NAIVE, f"{NAIVE}?books=10"])
@pytest.mark.parametrize("part", [{}, {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "lab"}])
def test_who_found_no_place_comes_back_with_a_ticket(get, monkeypatch, asked, part):
    busy = Busy("Others run.")
    busy.ticket = "a-ticket"
    with monkeypatch.context() as patch:
        patch.setattr("lessons.runs.shelved.ShelvedLesson.record", lambda *args, **options: raises(busy))
        again = unescape(re.search(r'href="([^"]*)"[^>]*>Try again', get(asked, status=503, **part))[1])
    shown = []

    @contextmanager
    def turn(what, *, heavy, ticket):
        shown.append(ticket)
        yield

    monkeypatch.setattr("lessons.pages.answers.turn", turn)
    assert "a-ticket" not in get(again, **part)
    get(asked, **part)
    assert shown == ["a-ticket", ""]


@pytest.mark.parametrize("error", [EngineUnavailable("Off."), ShelfMissing("Missing."), ShelfStale("Old.")])
def test_same_page_is_offered_on_sqlite(get, fails, engines_at_hand, error):
    if "postgresql" not in engines_at_hand:
        pytest.skip("PostgreSQL is off")
    fails(error)
    html = get(f"{NAIVE}?engine=postgresql&books=10&measure=1", status=503)
    assert re.search(rf'href="(.*?)">{SQLITE}', html)[1] == f"{NAIVE}?books=10&amp;measure=1"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left", "/var/secret"), "is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/var/secret"), "may not read or write its own files"),
        (OSError(errno.EROFS, "Read-only file system", "/var/secret"), "may not read or write its own files"),
        (OSError(errno.EMFILE, "Too many open files"), "no open files"),
        (sqlite_error(sqlite3.SQLITE_FULL), "is full"),
        (from_driver(sqlite3.SQLITE_FULL), "is full"),
        (from_driver(sqlite3.SQLITE_CANTOPEN), "may not read or write its own files"),
        (from_driver(sqlite3.SQLITE_READONLY | 5 << 8), "may not read or write its own files"),
        (MemoryError(), "no memory"),
    ],
)
def test_fault_of_the_machine_is_told_and_logged(get, fails, caplog, error, told):
    fails(error)
    html = get(NAIVE, status=503)
    assert told in html
    assert "secret" not in html
    assert get.response["Retry-After"] == "60"
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info[1] is error


def test_copy_of_a_shelf_without_room(race_course, get, monkeypatch):
    def full(source, target):
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr("lab.engines.sqlite.shutil.copyfile", full)
    assert "is full" in get(NAIVE, status=503)


def test_data_folder_that_may_not_be_read(get, monkeypatch):
    def refused(self):
        raise PermissionError(errno.EACCES, "Permission denied", str(self.folder))

    monkeypatch.setattr(SQLite, "sizes", refused)
    assert "may not read or write its own files" in get(NAIVE, status=503)
    assert "may not read or write its own files" in get("/status/", status=503)


def test_htmx_keeps_the_page_and_tries_again(get, fails):
    fails(EngineUnavailable("It is off."))
    html = get(NAIVE, status=503, hx_request="true", hx_target="lab")
    assert get.response["Retry-After"] == "20"
    assert f'hx-get="{NAIVE}" hx-trigger="click, load delay:20s"' in html
    assert "<h1>" not in html
