"""What is asked of how every page looks: WCAG 2.2 AA, by axe and by measures of our own (look.js)."""

from pathlib import Path

import pytest

from tests.browser import DESKTOP, PHONE, SMALL_PHONE, TABLET, fits_soon

_MEASURES = Path(__file__).with_suffix(".js").read_text()
_EVERYTHING = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # of wcag22aa, and off by default
}
_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # all that depends on them
_RUN = """async ([context, options]) =>
  (await axe.run(context, {...options, resultTypes: ["violations"]})).violations.flatMap(({id, nodes}) =>
    nodes.map(({html, failureSummary}) => `${id}: ${html.slice(0, 200)} ${failureSummary}`))"""
_OPEN = "closed => document.querySelectorAll(closed).forEach(each => { each.open = true })"
_TEXT = "size => { document.documentElement.style.fontSize = size }"
_LAYOUT = ("sideways", "cutText", "overlaps", "covered")


def check(page):
    """Whether the page, opened in all its parts, is all there and accessible: small and large, light and dark."""
    page.evaluate(_MEASURES)
    page.evaluate(_OPEN, "details:not(.menu)")
    if faults := [*_lost(page), *_hard_to_use(page)]:
        pytest.fail("\n".join(faults))


def check_menus(page):
    """The same of menus, which lie over the page."""
    page.evaluate(_MEASURES)
    page.evaluate(_OPEN, "details.menu")
    if faults := list(_in_menus(page)):
        pytest.fail("\n".join(faults))


def check_colours(page, scheme, context):
    """Whether what lies over a page can be read."""
    if faults := list(_found_by_axe(page, scheme, context, _COLOURS)):
        pytest.fail("\n".join(faults))


def _in_menus(page):
    for size in (PHONE, DESKTOP, SMALL_PHONE):
        page.set_viewport_size(size)
        yield from _measured(page, "smallTargets", "sideways")
        for scheme in ("dark", "light"):
            yield from _found_by_axe(page, scheme, context=".menu")


def _lost(page):
    """What does not fit: at 200 and 400 % (fewer pixels), with text of 200 %, and with wide spacing (1.4.12)."""
    for size in (DESKTOP, TABLET, SMALL_PHONE):
        page.set_viewport_size(size)
        yield from _measured(page, *_LAYOUT)
        if size != TABLET:
            page.evaluate("look.space()")
            yield from _measured(page, *_LAYOUT)
            page.evaluate("look.unspace()")
    page.set_viewport_size(DESKTOP)
    page.evaluate(_TEXT, "200%")
    yield from _measured(page, *_LAYOUT)
    page.evaluate(_TEXT, "")


def _hard_to_use(page):
    """What axe finds, small targets, and focus that is not seen."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        yield from _measured(page, "smallTargets")
    page.evaluate("look.leaveSome()")
    for size, scheme in ((PHONE, "dark"), (DESKTOP, "light")):
        page.set_viewport_size(size)
        yield from _found_by_axe(page, scheme)
    for size in (PHONE, DESKTOP):  # at the end: a list that is open closes without the focus
        page.set_viewport_size(size)
        yield from _measured(page, "hiddenFocus")


def _measured(page, *names):
    fits_soon(page)
    for name in names:
        for fault in page.evaluate(f"look.{name}()"):
            yield f"{name} at {page.viewport_size['width']} px: {fault}"


def _found_by_axe(page, scheme, context="html", options=_EVERYTHING):
    page.emulate_media(color_scheme=scheme)
    if not page.evaluate("'axe' in window"):
        from axe_playwright_python.base import AXE_SCRIPT

        page.evaluate(AXE_SCRIPT)
    for fault in page.evaluate(_RUN, [context, options]):
        yield f"{scheme} at {page.viewport_size['width']} px: {fault}"
