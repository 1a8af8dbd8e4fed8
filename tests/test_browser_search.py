"""The search in a real Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, SMALL_PHONE, check_look
from tests.conftest import ROOT

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
built = pytest.mark.skipif(
    not (ROOT / "static/build/search.js").exists(), reason="the search is not built: make static/build/search.js"
)


@pytest.fixture
def opened(site, page):
    page.goto(f"{site}/names/")
    return page


@pytest.fixture
def field(opened):
    return opened.locator("site-search input")


def options(page):
    return page.locator("site-search [role=option]")


def chosen(page):
    """The title of the result that Enter opens, or None."""
    name = page.locator("site-search input").get_attribute("aria-activedescendant")
    return name and page.inner_text(f"#{name} strong")


@built
def test_results_come_as_you_type(opened, field):
    field.press_sequentially("select_rel")
    expect(options(opened).first).to_contain_text("select_related")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(opened.locator("site-search [role=status]")).to_have_text("8 found")
    expect(options(opened).locator("mark").first).to_have_text("select_related")
    assert opened.url.endswith("/names/")


@built
def test_typo_is_forgiven(opened, field):
    field.fill("deadlok")
    expect(options(opened).filter(has_text="deadlock").first).to_be_visible()


@built
def test_index_and_what_searches_it_are_loaded_once_the_field_has_the_focus(site, page):
    asked = []
    page.on(
        "request",
        lambda request: re.search(r"/index\.json$|/ranking\.", request.url) and asked.append(request.url),
    )
    page.goto(site)
    page.wait_for_function("customElements.get('site-search') !== undefined")
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.keyboard.press("/")
    page.locator("site-search input").fill("count")
    expect(options(page).first).to_be_visible()
    page.locator("site-search input").blur()
    page.keyboard.press("/")
    assert [re.sub(r"\.[0-9a-f]{12}", "", url) for url in sorted(asked)] == [
        f"{site}/search/index.json",
        f"{site}/static/build/ranking.js",
    ]


@built
def test_slash_brings_to_the_field(opened, field):
    opened.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    opened.keyboard.press("/")
    expect(field).to_have_value("/")


@built
@pytest.mark.parametrize("key", ["Control+/", "Alt+/", "Meta+/"])
def test_slash_with_another_key_is_not_ours(opened, field, key):
    opened.keyboard.press(key)
    expect(field).not_to_be_focused()


@built
def test_slash_within_another_field_is_text(site, page):
    page.goto(f"{site}/search/")
    page.locator("#q").press("/")
    expect(page.locator("#q")).to_have_value("/")


@built
def test_arrows_choose_and_enter_opens(site, opened, field):
    field.fill("n+1")
    expect(options(opened).first).to_be_visible()
    titles = options(opened).locator("strong").all_inner_texts()
    assert chosen(opened) is None
    for title in (titles[0], titles[1]):
        field.press("ArrowDown")
        assert chosen(opened) == title
    field.press("ArrowUp")
    field.press("ArrowUp")
    assert chosen(opened) is None
    field.press("ArrowUp")
    assert chosen(opened) == titles[-1]
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(opened.locator("site-search [aria-selected=true]")).to_have_count(1)
    there = options(opened).first.get_attribute("href")
    field.press("Enter")
    opened.wait_for_url(f"{site}{there}")


@built
def test_enter_submits_where_none_is_chosen(site, opened, field):
    field.fill("lost update")
    expect(options(opened).first).to_be_visible()
    field.press("Enter")
    opened.wait_for_url(f"{site}/search/?q=lost+update")
    expect(opened.locator(".results li").first).to_be_visible()
    expect(opened.locator("site-search .found")).to_be_hidden()


@built
def test_escape_closes_and_keeps_the_words(opened, field):
    field.fill("count")
    expect(options(opened).first).to_be_visible()
    field.press("ArrowDown")
    field.press("Escape")
    expect(opened.locator("site-search .found")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("count")
    assert chosen(opened) is None
    field.press("ArrowDown")
    expect(options(opened).first).to_be_visible()


@built
def test_click_opens_a_result(site, opened, field):
    field.fill("n+1")
    there = options(opened).nth(1).get_attribute("href")
    options(opened).nth(1).click()
    opened.wait_for_url(f"{site}{there}")


@built
def test_list_closes_where_the_focus_leaves(opened, field):
    field.fill("count")
    expect(options(opened).first).to_be_visible()
    opened.locator(".site-footer > p").click()
    expect(opened.locator("site-search .found")).to_be_hidden()


@built
def test_nothing_found_says_what_to_try(opened, field):
    field.fill("annotaxxxx")
    advice = opened.locator(".found-nothing")
    expect(advice).to_contain_text("Nothing has these words.")
    expect(advice.get_by_role("link", name="symptoms")).to_have_attribute("href", "/symptoms/")
    expect(advice.get_by_role("link", name="annotation")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("Tab")  # to a link within: it stays
    expect(advice).to_be_visible()
    advice.get_by_role("link", name="annotation", exact=True).click()
    opened.wait_for_url("**/search/?q=annotation")


@built
def test_list_lies_over_the_page(opened, field):
    before = opened.locator("h1").bounding_box()
    field.fill("count")
    expect(options(opened).first).to_be_visible()
    assert opened.locator("h1").bounding_box() == before


@built
@pytest.mark.parametrize("query", ["n+1", "annotaxxxx"])
def test_list_fits_and_is_accessible(opened, field, query):
    field.fill(query)
    expect(opened.locator("site-search .found")).to_be_visible()
    for size in (SMALL_PHONE, PHONE, DESKTOP):
        opened.set_viewport_size(size)
        box = opened.locator("site-search .found").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
    check_look(opened)


@built
def test_where_no_server_answers_the_page_does(site, page):
    """As in a copy of the site in files: the page is that without a query."""
    page.route("**/search/?q=*", lambda route: route.fulfill(response=route.fetch(url=f"{site}/search/")))
    page.goto(f"{site}/search/?q=deadlock")
    expect(options(page).first).to_contain_text(re.compile("deadlock", re.IGNORECASE))


@built
def test_without_the_index_there_is_the_form(site, opened, field):
    opened.route("**/index.json", lambda route: route.fulfill(status=503))
    field.fill("deadlock")
    expect(opened.locator("site-search .found")).to_be_hidden()
    field.press("Enter")
    opened.wait_for_url("**/search/?q=deadlock")
    assert opened.trouble.pop().startswith("Failed to load resource")


def test_without_javascript_there_is_the_form(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(f"{site}{LESSON}")
    page.fill("#search", "deadlock")
    page.press("#search", "Enter")
    page.wait_for_url("**/search/?q=deadlock")
    expect(page.locator(".results mark").first).to_have_text(re.compile("deadlock", re.IGNORECASE))
    page.fill("#q", "having")
    page.click(".search-form button")
    expect(page.locator(".results li").first).to_contain_text("HAVING")
