"""What the tests ask of a page in Chromium."""

import os
import shutil

# The first draws no window, which takes a third less.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# The program. CHROMIUM names another one, or none: CHROMIUM= make test.
CHROMIUM = os.environ.get("CHROMIUM", next(filter(None, map(shutil.which, _NAMES)), None))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, SMALL_PHONE, TABLET, DESKTOP = ({"width": width, "height": 800} for width in (375, 320, 640, 1280))
# Before the page's own scripts, and kept where the page cannot see it.
_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    window.shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? node?.textContent)]);
  }
}).observe({ type: "layout-shift", buffered: true });"""
_NOBODY_SEES = 0.001  # of the screen, as the sum of what moved times how far
_FITS = "document.documentElement.scrollWidth <= innerWidth"


def watched(page):
    """The page, which collects in `trouble` its errors and its requests to other hosts."""
    page.trouble = []
    page.on("console", lambda message: message.type == "error" and page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda request: "//127.0.0.1:" in request.url or page.trouble.append(request.url))
    return page


def watch_for_moves(page, address):
    """Open the page; `moved` tells what moved since. It is drawn when its end is there: on a busy machine a part would be
    drawn first, and the rest would move it.
    """

    def whole(route):
        answer = route.fetch()
        wait = '<head><link rel="expect" href="#open-keys" blocking="render">'
        route.fulfill(response=answer, body=answer.text().replace("<head>", wait))

    page.add_init_script(_SHIFTS)
    page.route(address, whole)
    page.goto(address, wait_until="networkidle", timeout=120_000)


def moved(page):
    page.wait_for_timeout(200)  # a frame or more, for what moved last
    return [shift for shift in page.evaluate("window.shifts") if shift[0] > _NOBODY_SEES]


def check_look(page):
    """Whether it is all there and accessible, small and large, light and dark."""
    from tests import look  # with Playwright it takes a second

    look.check(page)


def wait_until_it_fits(page):
    assert fits_soon(page)


def fits_soon(page):
    """Charts are drawn anew for a width. (wait_for_function() polls by an eval() that the page's policy forbids.)"""
    for _ in range(50):
        if page.evaluate(_FITS):
            return True
        page.wait_for_timeout(100)
    return False
