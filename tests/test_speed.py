"""What a lesson page transfers before any interaction, and whether anything on it moves."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.kinds import LESSON, RACE

MEASURED = "/lessons/fetch_less/only_some_columns/naive/"  # its gain comes later than the page
MOST = 100_000  # bytes
# Before the page's own scripts, and kept where the page cannot see it.
SHIFTS = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    (window.shifts ??= []).push([entry.value, ...entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? "?")]);
  }
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize(
    "address",
    [LESSON, f"{LESSON}naive/?books=1000", f"{LESSON}compare/?books=1000", f"{RACE}naive/", f"{RACE}compare/"],
)
def test_page_is_light(site, page_with, address):
    page = page_with()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    loaded = []
    session.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(f"{site}{address}", wait_until="networkidle", timeout=120_000)
    assert len(loaded) > 10
    assert 20_000 < sum(loaded) <= MOST


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    "address",
    [LESSON, f"{LESSON}naive/?books=1000", f"{LESSON}compare/?books=1000", f"{RACE}naive/", MEASURED, "/play/"],
)
def test_nothing_moves(site, page_with, address, size):
    """On a busy machine a page may be painted before it is read to its end; what moves by itself does each time."""
    moved = []
    for _ in range(3):
        page = page_with(viewport=size)
        page.add_init_script(SHIFTS)
        page.goto(f"{site}{address}", wait_until="networkidle", timeout=120_000)
        if address == MEASURED:
            expect(page.locator("#gain")).to_contain_text("Measured at")
        page.wait_for_timeout(200)  # a frame or more, for what moved last
        moved.append(page.evaluate("window.shifts ?? []"))
        if not moved[-1]:
            return
    pytest.fail(f"{moved}")
