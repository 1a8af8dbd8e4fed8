"""What once failed."""

import re

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import clear_script_prefix

from lessons.pages.kept import pages
from tests.fuzz.asking import Asked
from tests.fuzz.parameters import NASTY

LESSON = "/lessons/a_track/a_lesson"
FAILED = {
    "an unknown host: a trace in the log": Asked(path="/", headers={"HOST": "evil.example"}),
    "a host that is none": Asked(path="/", headers={"HOST": "a b\x1b[31m"}),
    "many parameters: a trace in the log": Asked(path="/", query="books=10&" * 10_000),
    "a search for NUL: NUL on the page": Asked(path="/search/", query="q=%00"),
    "a search for escapes": Asked(path="/search/", query="q=%1b%5b31m"),
    "a search from right to left": Asked(path="/search/", query="q=%E2%80%AEevil"),
    "a title of NUL": Asked(path="/set/", query="set=a_track/a_lesson&title=a%00%1b"),
    "a statement of thousands of digits": Asked(path=f"{LESSON}/naive/plan/{'9' * 4_000}/"),
    "a statement of more digits than Python reads": Asked(path=f"{LESSON}/naive/plan/{'9' * 5_000}/"),
}  # fmt: skip


@pytest.mark.parametrize("asked", FAILED.values(), ids=FAILED)
def test_what_once_failed(site_under_fuzz, asked):
    status, _, body = site_under_fuzz.ask(asked)
    assert status[:3] in {"200", "400", "404"}
    assert len(body) < 20_000
    assert "\u202e" not in body.decode()
    assert b"9" * 100 not in body.replace(b",", b"")


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_search_takes_any_text(site_under_fuzz, text):
    status, *_ = site_under_fuzz.ask(Asked(path="/search/", query=f"q={text}"))
    assert status == "200 OK"


def test_suspicious_request_is_one_line_of_the_log(site_under_fuzz):
    site_under_fuzz.ask(FAILED["an unknown host: a trace in the log"])
    (line,) = site_under_fuzz.console.getvalue().splitlines()
    assert "'evil.example'" in line


def test_page_is_not_kept_as_one_of_another_prefix(site_under_fuzz):
    """A server may say what stands before the site's paths, and the links of a page have it too."""
    _, _, names = site_under_fuzz.ask(Asked(path="/names/"))
    pages.forget()
    home = b"".join(WSGIHandler()({**Asked(path="/").environ, "SCRIPT_NAME": "/names"}, lambda *_: None))
    assert b'href="/names/glossary/"' in home
    assert site_under_fuzz.ask(Asked(path="/names/"))[2] == names


@pytest.mark.parametrize("path", ["/", f"{LESSON}/", f"{LESSON}/naive/", "/search/", "/search/index.json"])
def test_no_part_of_a_page_is_kept_as_one_of_another_prefix(site_under_fuzz, path):
    """Code links to the models, prose to the glossary, and what is found to where it is."""
    asked = Asked(path=path, query="q=prefetch")
    for prefix in ("/there", "", "/elsewhere"):
        pages.forget()
        page = b"".join(WSGIHandler()({**asked.environ, "SCRIPT_NAME": prefix}, lambda *_: None)).decode()
        clear_script_prefix()  # it is the thread's
        links = re.findall(r'(?:href="|"url":")(/[^"]*)', page)
        assert len(links) > 10
        found = {re.match("/there|/elsewhere|", link)[0] for link in links if not link.startswith("/static/")}
        assert found == {prefix}
