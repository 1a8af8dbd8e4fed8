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
_FITS = "document.documentElement.scrollWidth <= innerWidth"


def watched(page):
    """The page, which collects in `trouble` its errors and its requests to other hosts."""
    page.trouble = []
    page.on("console", lambda message: message.type == "error" and page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda request: "//127.0.0.1:" in request.url or page.trouble.append(request.url))
    return page


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
