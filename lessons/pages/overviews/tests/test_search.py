"""The page of a search, and the index that browsers search."""

import json
import re
from html import unescape

import pytest

PAGE = "/search/"


def found(html):
    """[(address, title as HTML)]"""
    results = html.partition('class="results"')[2]
    return re.findall(r'<li>\s*<a href="([^"]*)"><strong>(.*?)</strong>', results)


def links(html):
    """The texts of the links that search."""
    return [unescape(text) for text in re.findall(r'<a href="/search/\?q=[^"]*">([^<]*)</a>', html)]


def test_lesson_is_shown_with_its_track_summary_and_names(get, course):
    course.change("lesson.toml", "title =", 'teaches = ["order_by"]\ntitle =')
    html = get("?q=titles")
    assert found(html)[0] == ("/lessons/a_track/a_lesson/", "<mark>Titles</mark> of one query")
    shown = html.partition('class="results"')[2].partition("</li>")[0]
    assert ">A track<" in shown
    assert "Every book, and who wrote it." in shown
    assert "<code>order_by</code>" in shown


def test_term_is_shown_with_what_it_means(get):
    html = get("?q=cartesian+product")
    assert ("/glossary/#cartesian-product", "<mark>cartesian</mark> <mark>product</mark>") in found(html)
    assert "Every row of one side beside every row of the other." in html


def test_symptom_is_shown_by_its_title(get):
    html = get("?q=memory+grows")
    assert found(html)[0] == ("/symptoms/#memory_grows", "<mark>Memory</mark> <mark>grows</mark>")
    assert "hundreds of megabytes" not in html


def test_nothing_found_says_what_to_try(get):
    html = get("?q=annotaxxxx")
    assert found(html) == []
    assert "Nothing has these words." in html
    main = html.partition("<main")[2]
    assert '<a href="/symptoms/">' in main
    assert '<a href="/glossary/">' in main
    assert "annotation" in links(html)


def test_without_a_query_it_has_examples(get):
    html = get()
    assert "n+1" in links(html)
    assert "Nothing has these words." not in html.partition("<main")[2]
    for address in re.findall(r'href="(/search/\?q=[^"]*)"', html):
        assert found(get(address)), address


@pytest.mark.parametrize("query", ["n+1", '"><script>', "100%", "select_related()"])
def test_fields_keep_what_was_asked(get, query):
    get()
    response = get.response.client.get("/search/", {"q": query})
    values = [unescape(value) for value in re.findall(r'name="q"[^>]*value="([^"]*)"', response.text)]
    assert values == [query] * 2  # in the header, and on the page


def test_whatever_is_typed_is_answered(get):
    for query in ("", " ", "%00", "%F0%9F%99%82", "%ff", "'", '"', "x" * 10_000, "a+" * 5_000):
        get(f"?q={query}")


def test_index_is_asked_for_once(get):
    text = get("index.json")
    assert "/lessons/a_track/a_lesson/" in {each["url"] for each in json.loads(text)["documents"]}
    assert get.response["Content-Type"] == "application/json"
    assert get.response["Cache-Control"] == "no-cache"
    etag = get.response["ETag"]
    assert get("index.json", 304, **{"If-None-Match": etag}) == ""
    get("index.json", 200, **{"If-None-Match": '"another"'})


def test_index_is_compressed(get):
    plain = len(get("index.json"))
    get.response = get.response.client.get("/search/index.json", headers={"Accept-Encoding": "gzip"})
    assert get.response["Content-Encoding"] == "gzip"
    assert len(get.response.content) < plain / 2
    get("index.json", 304, **{"If-None-Match": get.response["ETag"], "Accept-Encoding": "gzip"})


def test_every_page_has_the_field(get):
    for page in ("/", "/lessons/a_track/", "/lessons/a_track/a_lesson/", "/names/"):
        assert '<form class="site-search" role="search" action="/search/">' in get(page)
