"""Python in the reader's browser ÷ Pyodide as it ships: bytes and starts; its recorded queries ÷ the server's."""

import shutil
from pathlib import Path
from statistics import median
from time import perf_counter

import brotli
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from playwright.sync_api import sync_playwright

from benchmarks import BOOKS, LESSON
from benchmarks.figure import Figure, NotMeasured, at_most
from benchmarks.server import ROOT, serving
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.runs.parcel import parcel
from lessons.runs.shelved import ShelvedLesson
from tests.browser import CHROMIUM, DESKTOP, FLAGS
from tests.in_browser import FILES, PACKED, START

PYODIDE = ROOT / "node_modules" / "pyodide"
SHIPPED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
PLACES = {"at": "/static/build/python/", "files": FILES}
BARE = "bare-pyodide"  # a folder of static files
ROUNDS = 5
MOST_BYTES = 8_000_000
_WORKER = """import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide();
python.runPython("1 + 1");
self.postMessage("ready");
"""
_START_BARE = """(url) => new Promise((resolve) => {
  const began = performance.now();
  const worker = new Worker(url, { type: "module" });
  worker.onmessage = () => {
    worker.terminate();
    resolve(performance.now() - began);
  };
})"""
_TIMED = """async (work) => {
  const began = performance.now();
  await (%s)(work);
  return performance.now() - began;
}"""
_ASK = "(message) => window.runtime.ask(message)"


def figures():
    if not (PACKED / "site.pack").exists():
        yield NotMeasured(name="Python in the browser", why="it is not built: make static/build/python/site.pack")
        return
    if not CHROMIUM:
        yield NotMeasured(name="Python in the browser", why="Chromium is missing: apt-get install chromium")
        return
    yield _bytes()
    _put_bare()
    lesson = get_catalog().lesson(LESSON)
    on_server = _on_server(lesson)
    with serving() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield from _starts(browser, address, parcel(lesson), on_server)
        browser.close()


def _bytes():
    ours = [PACKED / name for name in ("worker.js", "cage.html", *FILES.values())]
    return Figure(
        name="Python in the browser, bytes",
        ours=sum(map(_compressed, ours)) / 1e6,
        peer=sum(_compressed(PYODIDE / name) for name in SHIPPED) / 1e6,
        versus="Pyodide as it ships",
        unit="MB",
        goal=at_most(MOST_BYTES / 1e6, of="ours"),
        means="All that a challenge loads, compressed by Brotli as a server sends it: Pyodide, its standard "
        "library, Django, the lab and the shelves. Pyodide’s own has no Django, and its library as source.",
    )


def _compressed(path):
    return len(brotli.compress(path.read_bytes()))


def _put_bare():
    """Where the server finds it when it starts."""
    folder = Path(settings.STATIC_ROOT) / BARE
    folder.mkdir(exist_ok=True)
    for name in SHIPPED:
        shutil.copy(PYODIDE / name, folder)
    (folder / "worker.js").write_text(_WORKER)


def _on_server(lesson):
    """Milliseconds that a recorded run takes on the server, from the question to its answer."""
    shelved, times = ShelvedLesson(lesson=lesson, shelf=Shelf(books=BOOKS)), []
    for _ in range(ROUNDS):
        began = perf_counter()
        shelved.record(lesson.variant("naive"))
        times.append((perf_counter() - began) * 1000)
    return median(times)


def _starts(browser, address, sent, on_server):
    found = {}
    for _ in range(ROUNDS):
        context = browser.new_context(viewport=DESKTOP)
        bare = _page(context, address)
        found.setdefault("bare", []).append(
            bare.evaluate(_START_BARE, f"{staticfiles_storage.base_url}{BARE}/worker.js")
        )
        bare.close()
        context.close()
        context = browser.new_context(viewport=DESKTOP)
        for state in ("cold", "warm"):
            page = _page(context, address)
            found.setdefault(state, []).append(
                _timed(page, START, {"at": "/static/build/python/", "files": FILES})
            )
            message = {"do": "run", "lesson": sent, "variant": "naive", "books": 10}
            page.evaluate(_ASK, message)
            found.setdefault("again", []).append(_timed(page, _ASK, {**message, "variant": "optimized"}))
            found.setdefault("run", []).append(_timed(page, _ASK, {**message, "books": BOOKS}))
            page.close()
        context.close()
    times = {name: median(each) for name, each in found.items()}
    yield from (_start(times, *each) for each in _STARTS)
    yield Figure(
        name="1,001 recorded queries in the browser",
        ours=times["run"],
        peer=on_server,
        versus="the server’s Python",
        unit="ms",
        goal=at_most(2),
        means="From the question to the answer, with all that is recorded of it.",
    )


def _start(times, name, state, goal, means):
    return Figure(
        name=name, ours=times[state], peer=times["bare"], versus="Pyodide as it ships, cold", unit="ms",
        goal=goal, means=means,
    )  # fmt: skip


_STARTS = (
    (
        "Python in the browser, cold", "cold", at_most(2),
        "From the click until the first code can run: all of it fetched, on the same machine, and started, "
        "with Django and the lab. Pyodide’s own start has neither.",
    ),
    (
        "Python in the browser, after a reload", "warm", at_most(2),
        "The same, with all of it in the browser’s cache.",
    ),
    (
        "Python in the browser, again in the same tab", "again", at_most(300, of="ours"),
        "A run on ten books where Python has been started: what another challenge costs.",
    ),
)  # fmt: skip


def _page(context, address):
    page = context.new_page()
    page.goto(f"{address}/summary/")
    return page


def _timed(page, work, argument):
    return page.evaluate(_TIMED % work, argument)
