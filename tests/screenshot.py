"""Makes docs/home.png and docs/lesson.png, the pictures in the README: `make screenshot`."""

import os
import subprocess
import sys

from playwright.sync_api import sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.conftest import ROOT, free_port, wait_for

PAGE = "lessons/n_plus_one/forward_foreign_key/naive/?books=1000"


def main():
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"],
        cwd=ROOT,
        env={**os.environ, "DEBUG_TOOLBAR": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz/", server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
            page.goto(f"http://127.0.0.1:{port}/")
            page.screenshot(path=ROOT / "docs" / "home.png")
            page.goto(f"http://127.0.0.1:{port}/{PAGE}")
            page.hover("#s2 .sql")
            page.screenshot(path=ROOT / "docs" / "lesson.png")
            browser.close()
    finally:
        server.terminate()
        server.communicate()


if __name__ == "__main__":
    main()
