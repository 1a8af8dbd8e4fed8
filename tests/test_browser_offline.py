"""The live site in a real Chromium, without a network once it was visited."""

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.kinds import LESSON

pytestmark = pytest.mark.skipif(
    not (ROOT / "static/build/service_worker.js").exists(),
    reason="the service worker is not built: make static/build/service_worker.js",
)
RUNS = [f"{LESSON}naive/?books=10", f"{LESSON}?guess=5", "/status/"]


@pytest.fixture
def visited(site, page_with):
    """A page that was shown with a network, and has none any more."""
    page = page_with(service_workers="allow")
    page.goto(f"{site}/glossary/")
    page.wait_for_selector("html[data-offline=ready]")
    for address in (LESSON, *RUNS):
        page.goto(f"{site}{address}")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    yield page
    page.trouble.clear()  # of what was asked for without a network


def test_what_was_read_is_read_again(site, visited):
    visited.goto(f"{site}/glossary/")  # which was there before the service worker
    expect(visited.locator("h1")).to_have_text("Glossary")
    visited.goto(f"{site}{LESSON}")
    expect(visited.locator("#guess")).to_be_visible()
    assert visited.evaluate("getComputedStyle(document.querySelector('.columns')).display") == "grid"


@pytest.mark.parametrize("address", RUNS)
def test_no_run_is_answered_from_what_is_kept(site, visited, address):
    visited.goto(f"{site}{address}")
    expect(visited.locator("h1")).to_have_text("This page needs a network.")


def test_a_switch_says_that_no_answer_came(site, visited):
    visited.context.set_offline(False)
    visited.goto(f"{site}{RUNS[0]}")
    visited.context.set_offline(True)
    visited.click("#show-optimized")
    expect(visited.locator("#waiting [role=status]")).to_contain_text("No answer came.")
    expect(visited.locator("#lab .figures dd").first).to_have_text("11")


def test_pages_come_from_the_network_where_there_is_one(site, page_with):
    page = page_with(service_workers="allow")
    page.goto(f"{site}/")
    page.wait_for_selector("html[data-offline=ready]")
    page.evaluate("caches.open('queryshelf-pages').then((kept) => kept.put(location.href, new Response('old')))")
    page.reload()
    expect(page.locator("h1")).to_contain_text("See what the Django ORM does")
