"""What the tests ask of a page in Chromium."""

import os
import shutil

_NAMES = ("chromium", "chromium-browser", "google-chrome")

# The program. CHROMIUM names another one, or none: CHROMIUM= make test.
CHROMIUM = os.environ.get("CHROMIUM", next(filter(None, map(shutil.which, _NAMES)), None))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, SMALL_PHONE, DESKTOP = ({"width": width, "height": 800} for width in (375, 320, 1280))
_FITS = "document.documentElement.scrollWidth <= innerWidth"


def watched(page):
    """The page, which collects in `trouble` its errors and its requests to other hosts."""
    page.trouble = []
    page.on("console", lambda message: message.type == "error" and page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda request: "//127.0.0.1:" in request.url or page.trouble.append(request.url))
    return page


def check_look(page):
    """Whether it fits every width, and is accessible on a phone in the dark and on a desk in the light."""
    for size, scheme in ((PHONE, "dark"), (DESKTOP, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        wait_until_it_fits(page)
        assert _violations(page) == []
    page.set_viewport_size(SMALL_PHONE)
    wait_until_it_fits(page)


def wait_until_it_fits(page):
    """Charts are drawn anew for a width."""
    page.wait_for_function(_FITS, timeout=5_000)


def _violations(page):
    from axe_playwright_python.sync_playwright import Axe  # with Playwright it takes a second

    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
