"""What a lesson page transfers before any interaction, and whether anything on it moves."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, moved, watch_for_moves
from tests.kinds import LESSON, RACE

MEASURED = "/lessons/fetch_less/only_some_columns/naive/"  # its gain comes later than the page
MOST = 100_000  # bytes


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
    page = page_with(viewport=size)
    watch_for_moves(page, f"{site}{address}")
    if address == MEASURED:
        expect(page.locator("#gain")).to_contain_text("Measured at")
    assert moved(page) == []


def test_what_comes_later_moves_nothing(site, page):
    """On a slow line a page is drawn in parts."""
    place = "css => { const { x, y, width } = document.querySelector(css).getBoundingClientRect(); return [x, y, width] }"
    page.set_viewport_size(DESKTOP)
    for address, first, later in (
        ("/", "site-search", ".theme"),
        ("/", ".demonstration", ".demonstration > :last-child"),
        ("/lessons/n_plus_one/", ".entry-summary", ".entry-counts"),
    ):
        page.goto(f"{site}{address}")
        whole = page.evaluate(place, first)
        page.evaluate("css => document.querySelector(css).remove()", later)
        assert page.evaluate(place, first) == whole, first
