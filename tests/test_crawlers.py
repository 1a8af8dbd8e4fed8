"""What a polite crawler asks for: all that a search engine should find, and no page that runs a lesson's code."""

import re
from html import unescape
from urllib.parse import urldefrag, urljoin
from urllib.robotparser import RobotFileParser

import pytest
from django.core.cache import cache

from lessons.course.catalog import get_catalog
from lessons.runs import code
from tests.kinds import KINDS
from tests.test_links import OPENED, RUNS, runs

FOUND = {
    "home",
    "differences",
    "summary",
    "names",
    "symptoms",
    "glossary",
    "plan_steps",
    "models",
    "claims_index",
    "track",
    "lesson",
}
GUESSED = "?guess="  # runs the lesson, to say whether the guess is right


@pytest.fixture
def executed(shelves_at_hand, client, monkeypatch):
    """The files of lessons whose code was executed, each time again."""
    client.get("/")  # which shows a run, the same to everybody
    files = []
    load = code.load

    def noting(source, filename, **options):
        files.append(filename)
        return load(source, filename, **options)

    monkeypatch.setattr(code, "load", noting)
    return files


@pytest.fixture
def robots(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert len(response.content) < 500 * 1024  # what RFC 9309 has a crawler read at least
    parser = RobotFileParser()
    parser.parse(response.text.splitlines())
    return parser


def links_of(address, html):
    """Yield (address, whether it is to be followed) of the links to this site."""
    for tag in re.findall(r"<a\b[^>]*>", html):
        href = re.search(r'\shref="([^"]*)"', tag)
        there = urldefrag(urljoin(address, unescape(href[1]))).url if href else ""
        if there.startswith("/") and there != address:
            yield there, "nofollow" not in re.findall(r'\srel="([^"]*)"', tag)


def crawl(client, may_ask):
    """Walk the site from home, and return the addresses of the pages asked. may_ask(address, followed)"""
    asked, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address not in asked:
            asked.add(address)
            response = client.get(address, follow=True)
            waiting += [link for link, followed in links_of(address, response.text) if may_ask(link, followed)]
    return asked


@pytest.mark.soak
def test_who_heeds_robots_txt_runs_nothing(client, robots, executed):
    asked = crawl(client, lambda link, followed: robots.can_fetch("anybot", link))
    assert {f"/lessons/{lesson.path}/" for lesson in get_catalog().lessons} <= asked
    assert executed == []


@pytest.mark.soak
def test_who_heeds_nofollow_runs_nothing(client, executed):
    asked = crawl(client, lambda link, followed: followed)
    assert {f"/lessons/{lesson.path}/" for lesson in get_catalog().lessons} <= asked
    assert executed == []


def test_who_heeds_neither_would_run_lessons(client, executed):
    for address in OPENED:
        cache.clear()  # of what another test has measured
        executed.clear()
        client.get(address)
        assert executed, address


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in RUNS | FOUND])
def test_robots_txt_tells_pages_that_run_from_those_to_be_found(robots, kind):
    assert KINDS[kind]
    for address in KINDS[kind]:
        runs_code = kind in RUNS or GUESSED in address
        assert robots.can_fetch("anybot", address) is not runs_code, address


def test_pages_that_run_ask_crawlers_not_to_go_on(shelves_at_hand, client):
    linked = {link: followed for page in OPENED for link, followed in links_of(page, client.get(page).text)}
    running = {link for link in linked if runs(link)}
    assert len(running) > 50
    assert [link for link in running if linked[link]] == []
