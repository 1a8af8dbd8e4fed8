"""The pages of plans in a real Chromium."""

from playwright.sync_api import expect

LESSON = "/lessons/n_plus_one/forward_foreign_key/"


def test_raw_plan_is_copied(site, page_with):
    page = page_with(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site}{LESSON}optimized/plan/1/?books=10")
    page.click("text=As SQLite tells it")
    page.click(".raw .copy")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.text_content(".raw code")
    page.click("#books-100")
    page.wait_for_selector("#books-100[aria-current]")
    page.click("text=As SQLite tells it")
    assert page.is_visible(".raw .copy")


def test_without_javascript_there_is_no_button_and_links_work(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(f"{site}{LESSON}naive/?books=10")
    page.click("#s2 >> text=plan")
    page.click("text=As SQLite tells it")
    assert "QUERY PLAN" in page.inner_text(".raw code")
    assert page.locator(".copy").count() == 0
    page.click("text=Put another plan beside it")
    page.click("#beside-optimized-1")
    expect(page.locator(".plan")).to_have_count(2)
    page.click("text=This plan alone")
    expect(page.locator(".plan")).to_have_count(1)
