"""The pages of plans in a real Chromium."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_look

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
DEEP = "/lessons/n_plus_one/several_foreign_keys/optimized/plan/1/?engine=postgresql&books=1000"
PATHS = [f"{LESSON}naive/plan/2/?books=100&beside=optimized.1", f"{LESSON}optimized/plan/1/?books=100", DEEP]


@pytest.mark.parametrize("path", PATHS)
def test_plan_fits_and_is_accessible(site, page, path):
    page.goto(f"{site}{path}")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.locator(".plan li").count() > 0
    check_look(page)


def test_raw_plan_is_copied(site, page_with):
    page = page_with(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site}{LESSON}optimized/plan/1/?books=10")
    page.click("text=As SQLite tells it")
    page.click(".copy")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.text_content("#raw")
    page.click("#books-100")
    page.wait_for_url("**books=100")
    page.click("text=As SQLite tells it")
    assert page.is_visible(".copy")


def test_without_javascript_there_is_no_button_and_links_work(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(f"{site}{LESSON}naive/?books=10")
    page.click("#s2 >> text=plan")
    page.click("text=As SQLite tells it")
    assert "QUERY PLAN" in page.inner_text("#raw")
    assert not page.is_visible(".copy")
    page.click("text=Put another plan beside it")
    page.click("#beside-optimized-1")
    expect(page.locator(".plan")).to_have_count(2)
    page.click("text=This plan alone")
    expect(page.locator(".plan")).to_have_count(1)
