import ast
import re
from pathlib import Path

import pytest
import sqlparse
from django.core.cache import caches
from django.urls import clear_script_prefix, set_script_prefix
from django.utils.autoreload import file_changed
from markdown_it import MarkdownIt
from pygments.lexer import Lexer

from lessons.course.catalog import get_catalog
from lessons.pages import answers

PAGE = "/lessons/a_track/a_lesson/"
PAGES = (
    "",
    "naive/?books=10",
    "compare/?books=10",
    "claims/",
    "?engine=postgresql",
    "/search/?q=book",
    "/search/",
)
_TIMES = re.compile(r"[\d,.]+ ms|(?<=<dd>)[\d,.]+(?=</dd>)|<span class=\"heaviest\">.*?</span>")


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["fragments"].clear()


@pytest.fixture
def compared(monkeypatch):
    """Counts how often it is worked out where a lesson's engines differ, which its pages say at their end."""
    calls = []
    differences_of = answers.differences_of
    monkeypatch.setattr(answers, "differences_of", lambda lesson: calls.append(lesson) or differences_of(lesson))
    return calls


@pytest.mark.parametrize("url", PAGES)
def test_page_of_fragments_is_the_one_that_was_made_whole(get, url):
    made = get(url)
    for other in PAGES:
        get(other)
    assert _TIMES.sub("", get(url)) == _TIMES.sub("", made)


def test_fragment_is_made_once(get, compared):
    get("naive/?books=10")
    get("optimized/?books=100")
    assert len(compared) == 1


def test_fragments_are_of_one_catalog(course, get, compared):
    get("naive/?books=10")
    course.change("lesson.toml", 'rule = "Join what you read."', 'rule = "Join it."')
    get_catalog.cache_clear()
    assert "Join what you read." not in get("naive/?books=10")
    assert len(compared) == 2


def test_prose_that_has_changed_is_shown(course, get):
    get("naive/?books=10")
    course.change("README.md", "This.", "That.")
    assert "<p>That.</p>" in get("naive/?books=10")


def test_code_that_has_changed_is_shown_and_run(course, get):
    get("naive/?books=10")
    course.change("naive.py", "book.author.name", "book.pk")
    page = get("naive/?books=10")
    assert '<span class="n">pk</span>' in page
    assert "<dt>query</dt>" in page


@pytest.mark.parametrize("url", ["", "naive/?books=10", "compare/?books=10"])
def test_same_page_again_reads_no_language_anew(get, monkeypatch, url):
    get(url)

    def parse(*args, **kwargs):
        pytest.fail("What has not changed is parsed again.")

    for owner, name in ((MarkdownIt, "parse"), (Lexer, "get_tokens"), (sqlparse, "format"), (ast, "parse")):
        monkeypatch.setattr(owner, name, parse)
    get(url)


def test_search_is_of_the_reader_who_asks(get):
    assert 'value="mine"' in get("/search/?q=mine")
    assert 'value="mine"' not in get("/search/?q=other")
    assert 'value="mine"' not in get()


def test_fragments_are_behind_the_prefix_of_the_site(get):
    assert 'href="/lessons/a_track/"' in get()
    set_script_prefix("/below/")
    try:
        below = get()
    finally:
        clear_script_prefix()
    assert 'href="/below/lessons/a_track/"' in below
    assert 'href="/lessons/' not in below


def test_template_that_has_changed_is_shown(get, compared):
    get("naive/?books=10")
    file_changed.send(None, file_path=Path("page.html"))
    get("naive/?books=10")
    assert len(compared) == 2


def test_lesson_cannot_write_what_pages_show():
    assert caches["fragments"]._cache is not caches["default"]._cache
