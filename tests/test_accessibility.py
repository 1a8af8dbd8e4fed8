"""Every kind of page (tests/kinds.py) in Chromium: WCAG 2.2 AA, and nothing that stands in the way."""

import pytest
from django.urls import resolve

from lessons.urls import urlpatterns
from tests.browser import DESKTOP, check_look
from tests.kinds import ADDRESSES, FIRST, KINDS, LESSON, RACE, THREE


def test_every_url_has_its_kind():
    assert {pattern.name for pattern in urlpatterns if pattern.name} == set(KINDS) - {None}
    for name, addresses in KINDS.items():
        assert [each for each in addresses if name and resolve(each.partition("?")[0]).url_name != name] == []


@pytest.mark.parametrize(
    "address",
    [pytest.param(each, marks=() if each in FIRST else pytest.mark.soak) for each in ADDRESSES],
)
def test_page_is_accessible(site, page, address):
    # What comes later than the page would come while it is looked at.
    page.add_init_script("document.addEventListener('htmx:confirm', (event) => event.preventDefault())")
    refused = "books=7" in address or address == "/no/such/page/"
    assert page.goto(f"{site}{address}").ok is not refused
    page.trouble.clear() if refused else None  # Chromium tells of a 404 as an error
    check_look(page)


def test_menus_are_accessible(site, page):
    from tests.look import check_menus

    page.goto(f"{site}{THREE}naive/")
    assert page.locator("details.menu").count() == 2
    check_menus(page)


def test_counts_are_read_out(site, page):
    page.goto(f"{site}{LESSON}naive/?books=1000")
    lines = page.locator("#lab .listing ol").aria_snapshot()
    assert 'link "1,000 queries from this line"' in lines
    assert 'link "1 query from this line"' in lines
    assert "line 5" in lines
    assert "×" not in lines
    assert "ran 1,000 times" in page.locator("#lab .statements").aria_snapshot()


def test_code_is_two_stops_away(site, page):
    page.goto(f"{site}{LESSON}naive/?books=10")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the code"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.listing') !== null")
    page.goto(f"{site}/glossary/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "brand"


# Of two elements that mean different things, whether anything but a colour tells them apart.
TOLD_APART = """([one, other]) => {
  const look = (css) => {
    const style = getComputedStyle(document.querySelector(css));
    return ["outlineStyle", "borderBottomStyle", "borderLeftStyle", "borderTopStyle"].map((name) => style[name]).join();
  };
  return look(one) !== look(other);
}"""


@pytest.mark.parametrize(
    ("address", "one", "other"),
    [
        (f"{LESSON}naive/", ".switch [aria-current]", ".switch a:not([aria-current])"),
        (f"{LESSON}naive/#s1", ".statements > :target", ".statements > :not(:target)"),
        (f"{LESSON}compare/", ".diff .left.changed", ".diff .left:not(.changed, .name)"),
        ("/lessons/when_does_it_run/evaluate_once/prefetched/", "mark.unasked", "mark:not(.unasked, .both)"),
        (f"{RACE}naive/", ".lane:not(.idle)", ".lane.idle"),
    ],
)
def test_without_colours_of_its_own_it_is_told_apart(site, page, address, one, other):
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}{address}")
    assert page.evaluate(TOLD_APART, [one, other])


def test_what_lights_is_seen_without_colours(site, page):
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}{LESSON}naive/?books=10")
    page.hover("#s2 .sql")
    assert page.evaluate(TOLD_APART, ["mark.lit", "mark:not(.lit)"])


def test_nothing_moves_for_who_wants_no_motion(site, page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}{LESSON}naive/?books=10")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.set_viewport_size(DESKTOP)
    page.click("#books-100")
    page.wait_for_url("**books=100")
    assert page.evaluate("document.getAnimations().length") == 0
