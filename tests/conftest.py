import gc
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser import CHROMIUM, DESKTOP, FLAGS, watched
from tests.in_browser import started
from tests.servers import WITH_US

ROOT = Path(__file__).parent.parent


# What hardly depends on Python or Django: the site as it is served, what its pages say, how it measures and judges a
# lesson; but for what runs the lessons.
_ONCE = (
    "tests/",
    "lessons/measured/",
    "lessons/proof/",
    *(f"lessons/pages/{room}/" for room in ("errors", "measured", "operator", "overviews")),
)
_ON_BOTH = {f"tests/test_{name}.py" for name in ("debug_toolbar", "lesson_pages", "silk", "take_home")}


# Of what is asked in Chromium with several values, a landing asks one in so many, from the first.
_SHARE = 4


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    asked = Counter()
    for item in items:
        path = item.path.relative_to(ROOT).as_posix()
        in_chromium = "chromium" in getattr(item, "fixturenames", ())
        if path.startswith(_ONCE) and (path not in _ON_BOTH or in_chromium):
            item.add_marker("once")
        # Lessons are shared out by themselves (lessons/tests/landing.py).
        marks = {mark.name for mark in item.iter_markers()}
        if in_chromium and hasattr(item, "callspec") and not marks & {"prove", "soak"}:
            test = (item.path, item.originalname)
            if asked[test] % _SHARE:
                item.add_marker("soak")
            asked[test] += 1


def pytest_collection_finish():
    gc.freeze()  # what was collected stays: it is not looked through again and again


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(url, process, seconds=30, log=None):
    """Wait until the server answers; tell what it printed if it ends instead. log: a file, if that is in one"""
    for _ in range(seconds * 10):
        try:
            return urllib.request.urlopen(url, timeout=5).read()
        except OSError:
            if process.poll() is not None:
                printed = process.stdout or log
                printed.seekable() and printed.seek(0)
                pytest.fail(f"the server ended: {printed.read().decode()}")
            time.sleep(0.1)
    return pytest.fail(f"{url} did not answer in {seconds} s")


def serve(command, port, *, cwd=ROOT, **environment):
    """Start a server of the project, and yield its address. A variable that is None is taken out."""
    merged = {key: value for key, value in {**os.environ, **environment}.items() if value is not None}
    with tempfile.TemporaryFile() as log:  # a pipe that nobody reads fills, and then the server waits
        process = subprocess.Popen([*WITH_US, *command], cwd=cwd, env=merged, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz/", process, log=log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def gunicorn(port):
    """The command that serves the site as on a server."""
    options = ["--config", "config/gunicorn.py", "--bind", f"127.0.0.1:{port}", "--access-logfile", os.devnull]
    return [sys.executable, "-m", "gunicorn", "config.wsgi", *options]


@pytest.fixture(scope="session")
def site(shelves_at_hand, static_files):
    """The site as on a server: gunicorn, DEBUG off."""
    port = free_port()
    yield from serve(gunicorn(port), port)


@pytest.fixture(scope="session")
def development_site(shelves_at_hand):
    """The site as `make run` serves it: DEBUG and the debug toolbar on."""
    port = free_port()
    command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
    yield from serve(command, port, DEBUG="1", DEBUG_TOOLBAR="1")


@pytest.fixture(scope="session")
def exported(shelves_at_hand, tmp_path_factory):
    """The folder of a small export, in the folder of a host: see tests.exported."""
    from tests.exported import UNDER, export

    host = tmp_path_factory.mktemp("host")
    export(host / UNDER)
    return host


@pytest.fixture(scope="module")  # its event loop would be in the way of other modules' queries
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is missing: make test installs it")
    if not CHROMIUM:
        pytest.skip("Chromium is missing: apt-get install chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(chromium):
    """A browser's context for many pages: static files come once."""
    context = chromium.new_context(service_workers="block")  # it would answer before a test's fakes do
    yield context
    context.close()


@pytest.fixture
def page(window):
    """A page on a desktop, in the light, whose errors, and requests to other hosts, fail the test."""
    page = watched(window.new_page())
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    yield page
    window.clear_cookies()
    page.evaluate("location.protocol === 'about:' || localStorage.clear()")
    page.close()
    assert page.trouble == []


@pytest.fixture
def page_with(chromium):
    """Makes such a page with Playwright's options of a context."""
    with ExitStack() as stack:
        pages = []

        def make(**options):
            context = stack.enter_context(chromium.new_context(**{"service_workers": "block", **options}))
            pages.append(watched(context.new_page()))
            return pages[-1]

        yield make
    assert [page.trouble for page in pages if page.trouble] == []


@pytest.fixture(scope="module")
def ask(site, chromium):
    """Ask Python in the browser: see tests.in_browser."""
    page = watched(chromium.new_page(service_workers="block"))
    with started(page, site) as ask:
        yield ask
    assert page.trouble == []
