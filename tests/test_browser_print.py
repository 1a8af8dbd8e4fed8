"""A lesson on paper, as Chromium prints it."""

import re

import pytest
from playwright.sync_api import expect

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
A4 = {"width": 720, "height": 1040}  # without its margins


@pytest.fixture
def paper(site, page_with):
    """The lesson as a reader prints it who has chosen the dark."""
    page = page_with(viewport=A4, color_scheme="dark")
    page.goto(f"{site}{LESSON}naive/?books=1000")
    page.get_by_role("button", name="Theme").click(click_count=2)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.emulate_media(media="print")
    return page


def colours(page, of):
    return page.locator(of).first.evaluate(
        "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]"
    )


def test_paper_is_black_on_white(paper):
    for of in ("body", ".listing li"):
        assert colours(paper, of) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_nothing_to_press_is_printed(paper):
    pressed = "button, input, dialog, .site-header, .breadcrumbs, .neighbours, .site-footer, .measure, .hints"
    assert paper.locator(pressed).count() > 5
    assert paper.locator(pressed).filter(visible=True).count() == 0


def test_paper_says_where_its_figures_come_from(paper):
    expect(paper.get_by_role("heading", level=1)).to_be_visible()
    switches = list(paper.locator(".switches a, .switch-label").filter(visible=True).all_inner_texts())
    assert switches == ["Naive", "Books", "1,000", "SQLite"]
    expect(paper.locator(".note", has_text="One recorded run")).to_contain_text(
        re.compile("SQLite 3.* with 1,000 books")
    )


def test_nothing_is_folded_or_cut(paper):
    assert paper.locator("details:not(.menu):not([open])").count() > 1
    expect(paper.locator(".preview li").first).to_be_visible()
    expect(paper.locator(".parameters li").first).to_be_visible()
    cut = "each => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1"
    for each in paper.locator(".sql .many, .listing, .statements > li").all():
        assert not each.evaluate(cut)


def test_documentation_has_its_address(paper):
    link = paper.locator("main a[href^='https://docs.djangoproject.com']").first
    content = link.evaluate("each => getComputedStyle(each, '::after').content")
    assert link.get_attribute("href") in content


def test_no_page_ends_within_a_statement(paper):
    for of in (".statements > li", ".listing li"):
        assert paper.locator(of).first.evaluate("each => getComputedStyle(each).breakInside") == "avoid"


def test_pdf_has_pages(paper):
    pdf = paper.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6


def test_charts_are_drawn_for_paper(paper):
    painted = "document.documentElement.dataset.theme"
    paper.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert paper.evaluate(painted) == "light"
    paper.evaluate("dispatchEvent(new Event('afterprint'))")
    assert paper.evaluate(painted) == "dark"
