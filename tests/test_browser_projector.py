"""The projector mode in a real Chromium: large type, and the lab alone."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_look

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
NAIVE = f"{LESSON}naive/?books=10"
BESIDE = ".site-header, .breadcrumbs, .in-short, .after, .neighbours, .site-footer"
FONT = "each => parseFloat(getComputedStyle(each).fontSize)"


@pytest.fixture
def projected(site, page):
    page.goto(f"{site}{NAIVE}&projector=1")
    return page


def is_projected(page):
    expect(page.locator("#lab .figures")).to_be_visible()
    return page.locator(BESIDE).filter(visible=True).count() == 0


def test_button_turns_it_on_and_off(site, page):
    page.goto(f"{site}{NAIVE}")
    assert not is_projected(page)
    page.get_by_role("button", name="Projector", exact=True).click()
    assert is_projected(page)
    expect(page.get_by_role("link", name="N+1 on a foreign key")).to_be_visible()
    page.get_by_role("button", name="Leave projector").click()
    assert not is_projected(page)


def test_tab_keeps_it_from_lesson_to_lesson(site, projected, window):
    projected.goto(f"{site}/lessons/n_plus_one/nested_path/naive/?books=10")
    assert is_projected(projected)
    other = window.new_page()
    other.goto(f"{site}{NAIVE}")
    assert not is_projected(other)
    other.close()


def test_address_turns_it_on_once(site, projected):
    assert is_projected(projected)
    assert projected.url == f"{site}{NAIVE}"
    projected.get_by_role("button", name="Leave projector").click()
    projected.reload()
    assert not is_projected(projected)


def test_other_pages_are_as_ever(site, projected):
    projected.goto(site)
    expect(projected.locator(".site-header")).to_be_visible()


def test_it_is_set_before_the_page_is_drawn(site, projected):
    """Nothing but the script in the head has run where the body begins."""
    projected.add_init_script(
        """new MutationObserver((_, seen) => {
          if (!document.body) return;
          window.early = document.documentElement.dataset.projector;
          seen.disconnect();
        }).observe(document, { childList: true, subtree: true })"""
    )
    projected.reload()
    assert projected.evaluate("early") == "on"


@pytest.mark.parametrize(("size", "least"), [((1280, 720), 18), ((1920, 1080), 24)])
def test_code_is_large_and_both_stand_side_by_side(site, projected, size, least):
    projected.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    projected.goto(f"{site}{LESSON}compare/?books=10")
    assert projected.locator(".diff code").first.evaluate(FONT) >= least
    left, right = (projected.locator(f".diff .{side}.name").bounding_box() for side in ("left", "right"))
    assert left["y"] == right["y"] < size[1]
    assert projected.evaluate("document.documentElement.scrollWidth") == size[0]


@pytest.mark.parametrize("path", [LESSON, NAIVE, f"{LESSON}compare/?books=10"])
def test_page_fits_and_is_accessible(site, projected, path):
    projected.goto(f"{site}{path}")
    check_look(projected)
