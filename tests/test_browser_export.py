"""An export in a real Chromium, from a server that knows files alone, in a folder of it."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, check_look, wait_until_it_fits
from tests.conftest import ROOT
from tests.exported import LESSONS, UNDER, served
from tests.test_browser_solving import solve

pytestmark = [
    pytest.mark.xdist_group("export"),
    pytest.mark.skipif(
        not (ROOT / "static/build/search.js").exists(), reason="the scripts are not built: make built"
    ),
]
LESSON = f"lessons/{LESSONS[0]}/"
PACKED = ROOT / "static" / "build" / "python" / "site.pack"


@pytest.fixture(scope="module")
def copy(exported):
    """Its address."""
    with served(exported) as host:
        yield f"{host}/{UNDER}/"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "search/?q=count",
        "run-it-yourself/",
        "404.html",
        LESSON,
        f"{LESSON}guess-0/?guess=5",
        f"{LESSON}naive/",
    ],
)
def test_page_is_accessible(copy, page, address):
    assert page.goto(f"{copy}{address}").ok
    check_look(page)


@pytest.mark.parametrize("where", ["compare/", "curve/", "naive/plan/1/", "claims/"])
def test_page_fits_a_phone(copy, page, where):
    page.set_viewport_size(PHONE)
    page.goto(f"{copy}{LESSON}{where}")
    wait_until_it_fits(page)


def test_switches_swap_what_was_recorded(copy, page):
    page.goto(f"{copy}{LESSON}naive/")
    page.evaluate("window.isTheSame = true")
    page.click("#books-10")
    expect(page.locator("#lab .figures dd").first).to_have_text("11")
    expect(page).to_have_url(f"{copy}{LESSON}naive/books-10/")
    page.click("#show-optimized")
    expect(page.locator("#lab .figures dd").first).to_have_text("1")
    assert page.evaluate("window.isTheSame")
    page.go_back()
    expect(page.locator("#lab .figures dd").first).to_have_text("11")


def test_claims_come_once_they_are_seen(copy, page):
    page.goto(f"{copy}{LESSON}naive/")
    page.locator("#claims").scroll_into_view_if_needed()
    expect(page.locator("#claims article").first).to_be_visible()
    assert page.locator("main").count() == 1


def test_what_is_not_in_it_leads_to_how_to_run_it(copy, page):
    page.goto(f"{copy}{LESSON}naive/")
    page.click("#measure")
    expect(page.locator("h1")).to_have_text("Run Queryshelf on your own machine for this")


@pytest.mark.parametrize(
    ("guess", "said"),
    [
        ("101", "Yes: 101 queries."),
        ("100", "Nearly: you said 100. The answer is 101 queries."),
        ("1", "You said 1. The answer is 101 queries."),
    ],
)
def test_guess_is_scored_and_kept(copy, page, guess, said):
    page.goto(f"{copy}{LESSON}")
    page.fill("#guess", guess)
    page.click(".predict form button")
    expect(page.locator(".score")).to_have_text(said)
    kept = page.evaluate("JSON.parse(localStorage.getItem('queryshelf-progress'))")
    assert kept["lessons"][LESSONS[0]]["predicted"]["right"] is (guess == "101")


def test_guess_among_words_has_its_page(copy, page):
    page.goto(f"{copy}lessons/{LESSONS[2]}/")
    page.click("button[value=broken]")
    expect(page.locator(".score")).to_contain_text("broken")
    assert "/guess-broken/" in page.url


@pytest.mark.parametrize("query", ["count too high", "n+1", "deadlok"])
def test_search_finds_what_the_live_site_finds(copy, site, page, query):
    page.goto(f"{site}/names/")
    page.locator("site-search input").press_sequentially(query)
    typed = page.locator("site-search [role=option] strong")
    expect(typed.first).to_be_visible()
    page.wait_for_timeout(100)
    as_typed = typed.all_inner_texts()
    page.press("site-search input", "Enter")
    best = page.locator("main ol.results li strong").first.inner_text()  # as the server ranks
    page.goto(f"{copy}names/")
    page.fill("site-search input", query)
    page.press("site-search input", "Enter")
    found = page.locator("main ol.results li strong")
    expect(found.first).to_be_visible()
    assert found.all_inner_texts()[:8] == as_typed
    assert best in as_typed
    assert page.title().startswith(f"{query} · ")


def test_search_says_where_nothing_is(copy, page):
    page.goto(f"{copy}search/?q=quux+zzz")
    expect(page.locator("main")).to_contain_text("Nothing has these words.")


def test_examples_of_searches_are_answered(copy, page):
    page.goto(f"{copy}search/")
    page.click("main p:has-text('Such as') a >> nth=0")
    expect(page.locator("main ol.results li").first).to_be_visible()
    expect(page.locator("main [name=q]")).to_have_value("n+1")


def test_free_play_runs_there_and_its_links_open_in_another_browser(copy, page, page_with):
    if not PACKED.exists():
        pytest.skip("Python for the browser is not packed: make built")
    page.goto(f"{copy}{LESSON}optimized/")
    page.get_by_role("link", name="Open the code in free play").click()
    expect(page.locator("#play-said")).to_contain_text("This is the code of the lesson")
    page.get_by_label("The bookstore has").select_option("10")
    page.wait_for_timeout(1_000)  # the address waits for the last change
    other = page_with(viewport=PHONE)
    other.goto(page.url)
    expect(other.locator("#play-said")).to_contain_text("somebody else may have written it")
    other.get_by_role("button", name="Run", exact=True).click()
    expect(other.get_by_role("region", name="Both ways")).to_contain_text("same rows", timeout=60_000)
    expect(other.get_by_role("region", name="Both ways").get_by_role("row", name="Queries")).to_contain_text("11")


@pytest.fixture
def keeping(copy, page_with):
    """A page of the export whose service worker keeps what is read."""
    page = page_with(service_workers="allow")
    page.goto(f"{copy}{LESSON}naive/")
    page.wait_for_selector("html[data-offline=ready]")
    yield page
    page.trouble.clear()  # of what was asked for without a network


def test_read_without_a_network(copy, keeping):
    keeping.goto(f"{copy}glossary/")
    keeping.context.set_offline(True)
    keeping.goto(f"{copy}{LESSON}naive/")  # which was there before the service worker
    expect(keeping.locator("#lab .figures dd").first).to_have_text("101")
    assert keeping.evaluate("getComputedStyle(document.querySelector('.site-header')).display") == "flex"
    keeping.goto(f"{copy}glossary/")
    expect(keeping.locator("h1")).to_have_text("Glossary")
    keeping.goto(f"{copy}symptoms/")
    expect(keeping.locator("h1")).to_have_text("This page needs a network.")


def test_challenge_is_solved_without_a_network(keeping):
    for is_offline in (False, True):
        keeping.context.set_offline(is_offline)
        keeping.reload()
        keeping.get_by_role("button", name="Solve it here").click()
        expect(keeping.get_by_text("Python is ready.")).to_be_visible(timeout=90_000)
        solve(keeping)


def test_manifest_lets_it_be_installed(copy, page):
    page.goto(copy)
    manifest = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then((found) => found.json())"
    )
    assert manifest["start_url"] == manifest["scope"] == f"/{UNDER}/"
    assert page.request.get(f"{copy}../..{manifest['icons'][0]['src']}").ok
