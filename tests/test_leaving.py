"""A reader who leaves has his run stopped, by the servers that the site runs on, whatever kind of page it is for."""

import copy
import shutil
import socket
import sys
import time
import urllib.request

import pytest
from django.urls import resolve

from config.readers import has_closed
from lab.recording.bounds import Bounds
from lessons.conftest import Course
from lessons.measured import matrix, orders, passes
from lessons.tests import race_lesson
from tests.conftest import free_port, gunicorn, serve

# Serves another course by the command that follows.
WITH_COURSE = """
import os, runpy, sys
from pathlib import Path
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
from lessons.course import catalog

_, log, content, *sys.argv = sys.argv
catalog.CONTENT = Path(content)
for output in (1, 2):
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT), output)
if sys.argv[0] == "-m":
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    runpy.run_path(sys.argv[0], run_name="__main__")
"""
SLOWLY = """\
import sys
import time
from pathlib import Path

from django.db import connection

from library.models import Book


def begin():
    Path({begun!r}).touch()


def ask_often():
    begin()
    while True:
        Book.objects.get(pk=1)
        time.sleep(0.01)


def ask_once():
    begin()
    with connection.cursor() as cursor:
        cursor.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")


def ask_often_in_a_child():
    if "child" in sys.argv[0]:
        ask_often()
    return [1]


"""
RUN = "from {module} import {what}\n\n\ndef run():\n    return {what}()\n"
RACE = "from time import sleep\nfrom pathlib import Path\n"
WHOLE = Bounds().seconds
PAGES = {  # by what the run does: (address, the seconds that it would take)
    "many queries": ("a_lesson/naive/", WHOLE),
    "one long statement": ("a_lesson/long/", WHOLE),
    "the curve": ("a_lesson/curve/", WHOLE),
    "the staircase": ("a_lesson/staircase/", WHOLE),
    "side by side": ("a_lesson/compare/", WHOLE),
    "a child that measures memory": ("a_child/gain/", passes._SECONDS),
    "a child that makes spans": ("a_child/spans/", passes._SECONDS),
    "all orders of a race": ("a_race/naive/orders/", orders.SECONDS),
    "the isolation matrix": ("a_race/matrix/", matrix.LONG),
}
LONG, QUICK = "a_lesson/long/?books=100", "a_lesson/optimized/?books=10"


def write_course(content, begun):
    """Lessons that take long, and tell by the file `begun` that they have begun."""
    course = Course(content)
    course.change("lesson.toml", "ordered = true", 'ordered = true\nmodules = ["slowly"]')
    course.write("slowly.py", SLOWLY.format(begun=str(begun)))
    child = copy.copy(course)
    child.folder = course.track / "020_a_child"
    shutil.copytree(course.folder, child.folder)
    course.write("naive.py", RUN.format(module="slowly", what="ask_often"))
    course.write("long.py", RUN.format(module="slowly", what="ask_once"))
    course.add(
        "lesson.toml", '\n[variants.long]\ntitle = "Long"\n[variants.long.queries]\n10 = 1\n100 = 1\n1000 = 1\n'
    )
    child.change("lesson.toml", "ordered = true", "ordered = true\nspans = true")
    child.add("lesson.toml", '\n[guess]\nasks = "memory"\nwhy = "It is."\n[saves]\nmemory = 0.5\n')
    child.write("naive.py", RUN.format(module="slowly", what="ask_often_in_a_child"))
    race = copy.copy(course)
    race.folder = course.track / "030_a_race"
    race.folder.mkdir()
    shutil.copy(course.folder / "README.md", race.folder)
    race_lesson.write(race)
    race.change("lesson.toml", 'access = "write"', 'access = "write"\nmatrix = ["naive", "optimized"]')
    for name in ("naive.py", "optimized.py"):
        begin = f"    Path({str(begun)!r}).touch()\n    sleep(0.5)\n"
        race.change(name, "def sell():\n", f"def sell():\n{begin}")
        race.write(name, RACE + (race.folder / name).read_text(encoding="utf-8"))


class Server:
    """One that serves the slow course."""

    def __init__(self, folder, begun):
        self.begun, self.log = begun, folder / "log"
        self.url = ""

    @property
    def said(self):
        return self.log.read_text(encoding="utf-8")

    def ask(self, page):
        """Return the socket that a page was asked for by, when its run has begun."""
        self.begun.unlink(missing_ok=True)
        reader = self.send(page)
        wait(self.begun.exists)
        return reader

    def send(self, page):
        host, _, port = self.url.removeprefix("http://").partition(":")
        reader = socket.create_connection((host, int(port)))
        reader.sendall(f"GET /lessons/a_track/{page} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        return reader

    def stopped(self, page):
        """How often a run of this page was."""
        match = resolve(f"/lessons/a_track/{page.partition('?')[0]}")
        variant = f" variant={match.kwargs['name']}" if "name" in match.kwargs else ""
        told = f" left page={match.url_name} lesson=a_track/{match.kwargs['slug']}{variant} "
        return self.said.count(told)

    def answers(self):
        with urllib.request.urlopen(f"{self.url}/lessons/a_track/{QUICK}", timeout=60) as response:
            return response.status == 200


def wait(happens, seconds=60):
    for _ in range(seconds * 20):
        if happens():
            return
        time.sleep(0.05)
    pytest.fail(f"it did not happen in {seconds} s")


SERVERS = {
    # One waits for another there.
    "gunicorn": (lambda port: gunicorn(port)[1:], {"WEB_CONCURRENCY": "1", "RUNNERS": "1"}),
    "runserver": (
        lambda port: ["manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"],
        {"DEBUG": "1", "DEBUG_TOOLBAR": "1", "LOG_LEVEL": "INFO"},
    ),
}


@pytest.fixture(scope="module", params=SERVERS)
def server(request, shelves_at_hand, static_files, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("leaving"), free_port()
    write_course(folder / "content", folder / "begun")
    made = Server(folder, folder / "begun")
    command, environment = SERVERS[request.param]
    with_course = [sys.executable, "-c", WITH_COURSE, str(made.log), str(folder / "content"), *command(port)]
    for made.url in serve(with_course, port, **environment):
        yield made


@pytest.mark.parametrize("what", PAGES)
def test_run_stops_when_its_reader_leaves(server, what):
    page, whole = PAGES[what]
    reader, before = server.ask(page), server.stopped(page)
    left_at = time.monotonic()
    reader.close()
    wait(lambda: server.stopped(page) > before)
    assert time.monotonic() - left_at < whole / 2
    assert server.answers()
    assert "Traceback" not in server.said


def test_reader_who_waits_for_another_may_leave(server):
    with server.ask(LONG):
        before = server.stopped(LONG)
        server.send(QUICK).close()
        wait(lambda: server.stopped(QUICK))
        assert server.stopped(LONG) == before
    wait(lambda: server.stopped(LONG) > before)
    assert server.answers()


def test_only_an_end_means_that_a_reader_has_left():
    site, reader = socket.socketpair()
    with site, reader:
        assert not has_closed(site)
        reader.sendall(b"GET /next/ HTTP/1.1")
        assert not has_closed(site)
        assert site.recv(100) == b"GET /next/ HTTP/1.1"
        reader.close()
        assert has_closed(site)
