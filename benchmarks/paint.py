"""First contentful paint of lesson pages ÷ that of static files of the same bytes, through the same server.

A page has to run its lesson before it can answer, which a file has not. So two ratios each: from the navigation,
and from the first byte, which is what the browser makes of the page. Over a slow network the peer is a file of the
page's words alone: there, what a page waits for before it can be drawn takes the time.
"""

import gzip
from pathlib import Path
from statistics import median

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import strip_tags
from playwright.sync_api import sync_playwright

from benchmarks import LESSON
from benchmarks.figure import Figure, NotMeasured, at_most
from benchmarks.overviews import get
from benchmarks.server import serving
from tests.browser import CHROMIUM, DESKTOP, FLAGS, PHONE

FIRST = f"/lessons/{LESSON}/"
RACE = "/lessons/transactions/wallet_transfer/"
PAGES = (FIRST, f"{FIRST}naive/?books=1000", f"{FIRST}compare/?books=1000", f"{RACE}naive/?engine=sqlite")
ROUNDS = 7
# As Chromium's tools have “Slow 4G”: a phone in a train.
SLOW = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
WORDS = "painted-words.html"
PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver((list, observer) => {
    const [paint] = list.getEntriesByName("first-contentful-paint");
    if (!paint) return;
    observer.disconnect();
    resolve([paint.startTime, paint.startTime - performance.getEntriesByType("navigation")[0].responseStart]);
  }).observe({ type: "paint", buffered: true });
})"""


def figures():
    if not CHROMIUM:
        yield NotMeasured(name="first contentful paint", why="Chromium is missing: apt-get install chromium")
        return
    copies = _copy()
    with serving() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for page, copy in copies.items():
            yield from _compare(browser, address, page, copy)
        yield _compare_slowly(browser, address)
        browser.close()


def _copy():
    """Write each page into a static file, compressed as the page is. WhiteNoise finds it at the next start."""
    with serving() as (address, _):
        bodies = {page: get(address, page) for page in PAGES}
    addresses = {}
    for number, (page, body) in enumerate(bodies.items()):
        name = f"painted-{number}.html"
        addresses[page] = _serve(name, body)
    words = strip_tags(gzip.decompress(bodies[FIRST]).decode())
    _serve(WORDS, gzip.compress(f"<!doctype html><p>{words}".encode()))
    return addresses


def _serve(name, compressed):
    file = Path(settings.STATIC_ROOT) / name
    file.write_bytes(gzip.decompress(compressed))
    file.with_name(f"{name}.gz").write_bytes(compressed)
    return staticfiles_storage.base_url + name


def _compare(browser, site, page, copy):
    """Load each in turn, in a new context and again in the same one: cold and warm."""
    found = {}
    for _ in range(ROUNDS):
        for address in (page, copy):
            context = browser.new_context(viewport=DESKTOP)
            for state in ("cold", "warm"):
                found.setdefault((state, address), []).append(_load(context, site + address))
            context.close()
    for state in ("cold", "warm"):
        (whole, drawn), (whole_copy, drawn_copy) = (
            [median(times) for times in zip(*found[state, address], strict=True)] for address in (page, copy)
        )
        versus = "a static file of its bytes"
        yield Figure(
            name=f"first contentful paint, {state}, {page}",
            ours=whole,
            peer=whole_copy,
            versus=versus,
            unit="ms",
            means="From the click to the first words in Chromium. A page runs its lesson before it can "
            "answer, which a file does not. Cold: a browser’s first page; warm: stylesheets and scripts are "
            "at hand.",
        )
        yield Figure(
            name=f"first byte to paint, {state}, {page}",
            ours=drawn,
            peer=drawn_copy,
            versus=versus,
            unit="ms",
            goal=at_most(1.2),
            means="From the first byte of the answer to the first words: what the browser makes of the page.",
        )


def _compare_slowly(browser, site):
    addresses = (site + FIRST, site + staticfiles_storage.base_url + WORDS)
    found = {address: [] for address in addresses}
    for _ in range(ROUNDS):
        for address, times in found.items():
            context = browser.new_context(viewport=PHONE)
            times.append(_load(context, address, network=SLOW)[0])
            context.close()
    page, words = (median(found[address]) for address in addresses)
    return Figure(
        name=f"first contentful paint, slow network, {FIRST}",
        ours=page,
        peer=words,
        versus="a static file of its words",
        unit="ms",
        goal=at_most(3),
        means="A browser’s first page on a phone in a train: each question takes 0.56 s, and 180 KB come in a "
        "second. A page waits for its stylesheets, a file of words for nothing.",
    )


def _load(context, address, network=None):
    tab = context.new_page()
    if network:
        context.new_cdp_session(tab).send("Network.emulateNetworkConditions", network)
    tab.goto(address)
    painted = tab.evaluate(PAINTED)
    tab.close()
    return painted
