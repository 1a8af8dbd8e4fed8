"""The pages of errors in a real Chromium."""

import re

import pytest
from django.test import RequestFactory
from playwright.sync_api import expect

from lessons.pages.errors.crash import server_error
from lessons.pages.errors.sorry import sorry
from tests.browser import check_look

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
TRY = "[data-retry]"


@pytest.fixture
def visit(site, page):
    """Opens a page that is refused. Chromium itself says so on its console, and nothing else may be there."""

    def visit(path, status):
        response = page.goto(f"{site}{path}")
        assert response.status == status
        assert [
            text for text in page.trouble if f"the server responded with a status of {status} " not in text
        ] == []
        page.trouble.clear()
        return page

    return visit


@pytest.fixture
def instead(page):
    """Lets the browser get this response in the place of what the site has at an address; returns how often it did."""

    def instead(pattern, response, *, times=None):
        asked = []

        def answer(route):
            asked.append(route.request.url)
            if times is not None and len(asked) > times:
                return route.continue_()
            return route.fulfill(
                status=response.status_code, body=response.content, headers=dict(response.headers)
            )

        page.route(pattern, answer)
        return asked

    return instead


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing/", 404),
        ("/" + "x" * 3_000, 404),
        (f"{LESSON}optimised/", 404),
        (f"{LESSON}naive/plan/99/?books=10", 404),
        (f"{LESSON}naive/?books=50", 400),
        (f"{LESSON}naive/?books={'5' * 3_000}", 400),
    ],
)
def test_page_fits_and_is_accessible(visit, path, status):
    check_look(visit(path, status))


@pytest.mark.parametrize("status", [400, 403, 405, 503])
def test_refusal_fits_and_is_accessible(visit, instead, status):
    request = RequestFactory().get("/refused/")
    instead("**/refused/", sorry(request, "A sentence.", status, retry_after=60 if status == 503 else None))
    page = visit("/refused/", status)
    check_look(page)


def test_error_fits_and_is_accessible_and_has_the_theme(visit, instead):
    instead("**/crash/*", server_error(RequestFactory().get("/crash/", {"books": "<" * 300})))
    page = visit("/crash/?1", 500)
    check_look(page)
    page.click("button.theme")
    expect(page.locator("button.theme")).to_have_text("Theme: light")


def test_searching_from_a_page_that_is_none(visit):
    page = visit("/docs/select-related/", 404)
    page.click(".search-form button")
    page.wait_for_url("**/search/?q=docs+select+related")
    expect(page.locator(".results li").first).to_contain_text("select_related")


def test_nearest_address_is_a_page(visit):
    page = visit(f"{LESSON}naive/?books=50&engine=sqlight", 400)
    page.click("main a[href*='books=']")
    expect(page.locator(".figures")).to_be_visible()


def busy(seconds):
    return sorry(RequestFactory().get(f"{LESSON}naive/"), "Others run.", 503, retry_after=seconds)


def test_page_tries_again_by_itself_and_keeps_what_was_asked(visit, instead, page):
    asked = instead("**/naive/*", busy(1), times=2)
    visit(f"{LESSON}naive/?books=10", 503)
    expect(page.locator(TRY)).to_contain_text("This page tries by itself in 1 second")
    expect(page.locator(TRY)).to_contain_text("This page tries by itself in 2 seconds")  # longer each time
    expect(page.locator(".figures")).to_be_visible()
    assert page.url.endswith(f"{LESSON}naive/?books=10")
    assert len(asked) == 3
    page.trouble.clear()


def test_page_stops_trying(visit, instead, page):
    asked = instead("**/naive/*", busy(1))
    visit(f"{LESSON}naive/?books=10", 503)
    page.click(f"{TRY} button")
    expect(page.locator(TRY)).to_have_text(re.compile("It waits for you now"))
    page.wait_for_timeout(1_500)
    assert len(asked) == 1
    page.unroute_all()
    page.click("text=Try again")
    expect(page.locator(".figures")).to_be_visible()


def test_page_does_not_try_for_ever(visit, instead, page):
    asked = instead("**/naive/*", busy(1))
    visit(f"{LESSON}naive/?books=10", 503)
    page.evaluate("history.replaceState({tries: 5}, '')")
    page.reload()
    expect(page.locator(TRY)).to_have_text(re.compile("This page has tried 5 times"))
    page.wait_for_timeout(1_500)
    assert len(asked) == 2
    page.trouble.clear()


def test_switch_that_is_refused_keeps_the_page(site, page):
    page.goto(f"{site}{LESSON}naive/?books=10")
    page.route("**/?books=100", lambda route: route.continue_(url=route.request.url.replace("100", "50")))
    page.click("#books-100")
    expect(page.locator("#refused")).to_contain_text("There is no shelf of “50” books")
    expect(page.locator(".figures")).to_be_visible()
    assert page.url.endswith("?books=10")
    page.trouble.clear()


def test_error_in_a_switch_keeps_the_page(site, page, instead):
    request = RequestFactory().get(f"{LESSON}naive/", headers={"hx-request": "true"})
    page.goto(f"{site}{LESSON}naive/?books=10")
    instead("**/naive/?books=100", server_error(request))
    page.click("#books-100")
    expect(page.locator("#refused")).to_contain_text("That is not your fault")
    expect(page.locator(".figures")).to_be_visible()
    assert page.url.endswith("?books=10")
    page.trouble.clear()


def test_without_javascript_there_is_a_link(site, page_with):
    page = page_with(java_script_enabled=False)
    page.route(
        "**/naive/*", lambda route: route.fulfill(status=503, body=busy(2).content, content_type="text/html")
    )
    page.goto(f"{site}{LESSON}naive/?books=10")
    expect(page.locator(TRY)).to_be_hidden()
    expect(page.locator(".retry").first).to_have_text("Try again Wait 2 seconds first.")
    page.trouble.clear()
