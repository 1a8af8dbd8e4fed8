"""What a page says while a run is under way, in a real Chromium; the server's answers are held back."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_look

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
CURVE = "Running two variants on every shelf of SQLite. The first time takes a few seconds."


@pytest.fixture
def held(page):
    """The requests of a variant or a page, which wait for the test."""
    routes = []
    for name in ("optimized", "compare", "curve"):
        page.route(f"**/{name}/**", lambda route: routes.append(route))
    return routes


@pytest.fixture
def opened(site, page, held):
    page.goto(f"{site}{LESSON}naive/?books=10")
    return page


def sign(page):
    return page.locator("#waiting.shown > div")


def told(page):
    return page.locator("#waiting [role=status]")


def lab(page):
    return page.locator("#lab")


def follow_for_a_while(page, then=""):
    """Click a link to a page that does not come; return a function that returns what was told since.

    then: a script that runs once it was told. Until the request ends, Playwright asks the page nothing.
    """
    page.evaluate(
        """then => {
          const status = document.querySelector("#waiting [role=status]");
          window.told = [];
          new MutationObserver(() => told.push(status.textContent)).observe(status, { childList: true });
          setTimeout(() => document.querySelector("#show-curve").click());
          setTimeout(() => dispatchEvent(new Event(then || 'nothing')), 500);
        }""",
        then,
    )
    page.wait_for_timeout(700)
    return lambda: [words for words in page.evaluate("told") if words]


def is_as_before(page):
    """Whether the page is as it was opened, and ready for another run."""
    expect(lab(page)).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".figures dd").first).to_have_text("11")
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    return page.url.endswith("/naive/?books=10")


def test_run_is_told_and_what_came_of_it(opened, held):
    opened.click("#show-optimized")
    expect(lab(opened)).to_have_attribute("aria-busy", "true")
    expect(sign(opened)).to_be_visible()
    expect(told(opened)).to_have_text("Running …")
    held[0].continue_()
    expect(told(opened)).to_have_text("Done: 1 query.")
    expect(lab(opened)).not_to_have_attribute("aria-busy", "true")
    expect(sign(opened)).to_have_count(0)
    opened.click("#show-compare")
    expect(told(opened)).to_have_text("Running …")
    held[1].continue_()
    expect(told(opened)).to_have_text("Done: Naive: 11 queries. Optimized: 1 query.")


def test_nothing_moves_for_the_sign(opened, held):
    places = (
        "[...document.querySelectorAll('main *:not(#waiting *)')].map(each => each.getBoundingClientRect().top)"
    )
    before = opened.evaluate(places)
    opened.click("#show-optimized")
    expect(sign(opened)).to_be_visible()
    assert opened.evaluate(places) == before


def test_sign_stays_in_sight(opened, held):
    opened.set_viewport_size({"width": 375, "height": 500})
    opened.evaluate("scrollTo(0, 900)")
    opened.keyboard.press("o")
    expect(opened.get_by_role("button", name="Cancel")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("how", ["click", "Enter", "Escape"])
def test_run_can_be_cancelled(opened, held, how):
    opened.click("#show-optimized")
    cancel = opened.get_by_role("button", name="Cancel")
    expect(cancel).to_be_visible()
    with opened.expect_event("requestfailed") as failed:
        if how == "click":
            cancel.click()
        elif how == "Enter":
            cancel.press("Enter")
        else:
            opened.keyboard.press("Escape")
    assert failed.value.failure == "net::ERR_ABORTED"
    expect(told(opened)).to_have_text("Cancelled. Nothing has changed.")
    assert is_as_before(opened)
    expect(opened.locator("#show-optimized")).to_be_focused()
    opened.click("#show-optimized")
    expect(sign(opened)).to_be_visible()
    held[1].continue_()
    expect(told(opened)).to_have_text("Done: 1 query.")
    opened.trouble.clear()  # htmx logs what is aborted


def test_run_asked_for_meanwhile_takes_its_place(opened, held):
    opened.click("#show-optimized")
    expect(sign(opened)).to_be_visible()
    opened.click("#show-compare")
    expect(lab(opened)).to_have_attribute("aria-busy", "true")
    expect(told(opened)).to_have_text("Running …")
    held[1].continue_()
    expect(told(opened)).to_have_text("Done: Naive: 11 queries. Optimized: 1 query.")
    opened.trouble.clear()  # htmx logs what is aborted


def test_refusal_is_told_and_the_page_stays(site, opened, held):
    opened.click("#show-optimized")
    expect(sign(opened)).to_be_visible()
    held[0].continue_(url=f"{site}{LESSON}optimized/?books=7")
    expect(opened.locator("#refused[role=status]")).to_contain_text("7")
    expect(told(opened)).to_have_text("")
    assert is_as_before(opened)
    assert "400" in opened.trouble.pop(0)
    opened.trouble.clear()  # and htmx


def test_no_answer_is_told(opened, held):
    opened.click("#show-optimized")
    expect(sign(opened)).to_be_visible()
    held[0].abort()
    expect(told(opened)).to_have_text("No answer came. Nothing has changed.")
    assert is_as_before(opened)
    opened.trouble.clear()


def test_page_of_many_runs_says_what_runs(opened, held):
    opened.click("#show-curve")
    expect(told(opened)).to_have_text(CURVE)
    held[0].continue_()
    done = "Done: From 10 to 1,000 books, Naive goes from 11 to 1,001 queries"
    expect(told(opened)).to_contain_text(
        done, timeout=30_000
    )  # the first runs of a server begin with their processes


def test_link_to_a_page_says_it_too_and_can_be_cancelled(site, page, held):
    page.goto(f"{site}{LESSON}")
    told_since = follow_for_a_while(page)
    page.keyboard.press("Escape")
    assert told_since() == [CURVE, "Cancelled. Nothing has changed."]
    expect(lab(page)).not_to_have_attribute("aria-busy", "true")
    assert page.url == f"{site}{LESSON}"


def test_page_that_the_browser_kept_waits_no_more(site, page, held):
    page.goto(f"{site}{LESSON}")
    page.evaluate(
        "addEventListener('kept', () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))"
    )
    told_since = follow_for_a_while(page, then="kept")
    held[0].abort("aborted")
    assert told_since() == [CURVE]
    expect(told(page)).to_have_text("")
    expect(lab(page)).not_to_have_attribute("aria-busy", "true")


def test_sign_fits_and_is_accessible(opened, held):
    opened.click("#show-curve")
    expect(sign(opened)).to_be_visible()
    opened.evaluate("document.querySelector('#lab').replaceChildren()")  # which is pale while it waits
    check_look(opened)
