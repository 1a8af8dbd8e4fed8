import faulthandler
import io
import logging
import re
import signal
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, QueryDict

from lessons.conftest import Course
from lessons.course import catalog
from lessons.pages import answers
from lessons.pages.errors import faults
from lessons.pages.kept import pages
from lessons.runs.shelved import ShelvedLesson
from lessons.tests import race_lesson
from tests.fuzz.asking import Asked
from tests.fuzz.judging import judge, judge_log
from tests.fuzz.parameters import routes

_HANGS = 120  # seconds, after which an answer is taken never to come
_THIRD = "\n[variants.third.queries]\n10 = 1\n100 = 1\n1000 = 1\n"


@pytest.fixture
def small_course(tmp_path, monkeypatch):
    """A lesson with every page that variants that run have, and one with every page of races."""
    made = Course(tmp_path / "content")
    made.change("lesson.toml", "ordered = true", 'ordered = true\ntrace = true\nspans = true\nwas = ["old/place"]')
    made.write("third.py", (made.folder / "optimized.py").read_text(encoding="utf-8"))
    made.add("lesson.toml", _THIRD)
    made.folder = made.track / "020_a_race"
    made.folder.mkdir()
    made.write("README.md", "What happens?\n\n## What you saw\n\nThis.\n")
    race_lesson.write(made)
    made.change("lesson.toml", 'access = "write"', 'access = "write"\nmatrix = ["naive", "optimized"]')
    monkeypatch.setattr(catalog, "CONTENT", made.content)
    catalog.get_catalog.cache_clear()
    cache.clear()
    yield made
    catalog.get_catalog.cache_clear()
    pages.forget()


class Site:
    """Answers, and judges what it answers, what it logs, and what of the address it has read."""

    def __init__(self, console, read):
        self.console = console
        self.read = read
        self.answered = 0
        self.handler = WSGIHandler()

    def survey(self):
        """Return {pattern of an address: names of the parameters that its view reads}. Runs no lesson."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                answers, "read_address", lambda request, read: faults.read_address(request, read) and bool
            )
            patch.setattr(answers, "_answer", lambda request, page: HttpResponse())
            return {route: self._read_at(route) for route in routes()}

    def _read_at(self, route):
        self.read.clear()
        for slug in ("a_lesson", "a_race"):
            path = route
            for name, part in {"track": "a_track", "slug": slug, "name": "naive"}.items():
                path = re.sub(rf"<\w+:{name}>", part, path)
            self.ask(Asked(path=f"/{re.sub('<.*?>', '1', path)}"))
        return set(self.read)

    def ask(self, asked):
        """Return (status, headers, body)."""
        self.console.seek(0)
        self.console.truncate()
        started = []
        with _no_hang(asked):
            response = self.handler(asked.environ, lambda *said: started.append(said))
            body = b"".join(response)
            response.close()
        (status, headers), *_ = started
        judge(status, headers, body)
        self.answered += 1
        judge_log(self.console.getvalue().split("\n")[:-1])
        return status, headers, body


@contextmanager
def _no_hang(asked):
    def give_up(*_):
        faulthandler.dump_traceback()
        raise AssertionError(f"no answer in {_HANGS} seconds to {asked}")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(_HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def read(monkeypatch):
    """The names of parameters that views have asked for."""
    names = set()

    def noting(method):
        def note(self, name, *args):
            names.add(name)
            return method(self, name, *args)

        return note

    for method in ("get", "getlist", "__getitem__", "__contains__"):
        monkeypatch.setattr(QueryDict, method, noting(getattr(QueryDict, method)))
    return names


@pytest.fixture
def site_under_fuzz(small_course, shelves_at_hand, static_files, db, databases, read):
    console = next(each for each in logging.root.handlers if each.get_name() == "console")
    written, before = io.StringIO(), console.stream
    console.setStream(written)
    yield Site(written, read)
    console.setStream(before)


@pytest.fixture
def remembered(monkeypatch):
    """What has once run is not run again: its outcome is the same."""
    outcomes = {}

    def once(method):
        def remember(self, what, *args, template=None, **options):
            key = repr((method.__name__, self.lesson.path, self.shelf, what.name, args, sorted(options.items())))
            if key not in outcomes:
                try:
                    outcomes[key] = method(self, what, *args, **options), None
                except Exception as error:
                    outcomes[key] = None, error
            outcome, error = outcomes[key]
            if error:
                raise error
            return outcome

        return remember

    for name in ("record", "measure", "explain", "accesses", "examine", "race"):
        monkeypatch.setattr(ShelvedLesson, name, once(getattr(ShelvedLesson, name)))
