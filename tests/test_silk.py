"""Silk, behind its switch: it lists the very queries of a lesson's recorded run, and adds none to them."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests.conftest import ROOT, free_port, serve

NAIVE = "/lessons/n_plus_one/forward_foreign_key/naive/"


# Tests of one engine run together, whatever their module: with that as their scope, sites would start again and again.
@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """Of a process with Silk, whose tables are in a database of its own."""
    database = tmp_path_factory.mktemp("silk") / "site.sqlite3"
    silk = {"DEBUG": "1", "QUERYSHELF_SILK": "1", "DATABASE_URL": f"sqlite:///{database}"}
    subprocess.run([*manage("migrate"), "--verbosity", "0"], cwd=ROOT, env={**os.environ, **silk}, check=True)
    return silk


@pytest.fixture(scope="session")
def silk_site(environment, shelves_at_hand):
    """The site on a developer's machine, with Silk."""
    port = free_port()
    yield from serve(manage("runserver", f"127.0.0.1:{port}", "--noreload"), port, **environment)


def manage(*command):
    return [sys.executable, "manage.py", *command]


def read(url):
    return urllib.request.urlopen(url, timeout=60).read().decode()


def seen(site):
    """How many queries Silk has of the newest request."""
    newest = re.search(r"/silk/request/[\w-]+/", read(f"{site}/silk/requests/"))
    return read(f"{site}{newest[0]}sql/").count('class="data-row"')


def status(url):
    try:
        return urllib.request.urlopen(url, timeout=60).status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("measure", ["", "&measure=1"])
def test_silk_sees_the_recorded_run_alone(silk_site, engine, measure):
    html = read(f"{silk_site}{NAIVE}?engine={engine.name}&books=10{measure}")
    assert '<dd class="naive">11</dd>' in html
    assert "watched by Silk, whose own cost" in html
    assert seen(silk_site) == 11


def test_silk_leaves_out_what_a_lesson_prepares(silk_site):
    html = read(f"{silk_site}/lessons/write_in_bulk/queryset_update/optimized/?books=10")
    assert '<dd class="optimized">2</dd>' in html
    assert seen(silk_site) == 2


def test_silk_keeps_off_pages_that_time_much(silk_site):
    read(f"{silk_site}{NAIVE}?books=10")
    read(f"{silk_site}/lessons/n_plus_one/forward_foreign_key/curve/")
    assert seen(silk_site) == 11


def test_pages_of_silk_work_in_a_browser(silk_site, page):
    page.goto(f"{silk_site}{NAIVE}?books=10")
    assert page.locator("#lab dd.naive").inner_text() == "11"
    for address in ("/silk/", "/silk/requests/"):
        page.goto(silk_site + address)
    page.locator('a[href^="/silk/request/"]').first.click()
    page.locator('a[href$="/sql/"]').click()
    page.wait_for_selector("tr.data-row")
    assert page.locator("tr.data-row").count() == 11
    page.locator("tr.data-row").first.click()  # by a script of its page
    page.wait_for_url("**/sql/*/")
    assert "library_author" in page.locator("#content").inner_text()
