import pytest

from lessons.export.parts import Part
from lessons.export.rewriting import Rewriter

KNOWN = {
    "/course/": Part("/course/", "/course/"),
    "/course/a/?books=10": Part("/course/", "/course/a/", (("books", "10"),)),
    "/course/search/": Part("/course/", "/course/search/"),
    "/course/search/?q=n%2B1": Part("/course/", "/course/search/", asked="?q=n%2B1"),
}


@pytest.fixture
def rewriter():
    return Rewriter(part=KNOWN.get, prefix="/course/", static="/course/static/", elsewhere="/course/out/")


@pytest.mark.parametrize(
    ("html", "rewritten"),
    [
        ('<a href="/course/a/?books=10#s1">', '<a href="/course/a/books-10/#s1">'),
        ('<a href="?books=10" hx-get="?books=10">', '<a href="/course/a/books-10/" hx-get="/course/a/books-10/">'),
        ('<a href="/course/search/?q=n%2B1">', '<a href="/course/search/?q=n%2B1">'),
        ('<a href="#s1">', '<a href="#s1">'),
        ('<a href="https://docs.example/a/">', '<a href="https://docs.example/a/">'),
        ('<img src="/course/static/icon.svg">', '<img src="/course/static/icon.svg">'),
        ('<a id="x" href="/course/b/" data-runs="it" hx-get="/course/b/">', '<a title="Not in this recorded copy" id="x" href="/course/out/">'),
        ('<form method="get" action="/course/a/" hx-get="/course/a/">', '<form action="/course/out/" method="get">'),
        ('<form action="/course/search/">', '<form action="/course/search/">'),
        ('<form method="dialog">', '<form method="dialog">'),
        ('<site-search data-index="/course/">', '<site-search data-index="/course/">'),
        ('<code>&lt;a href="/course/b/"&gt;</code>', '<code>&lt;a href="/course/b/"&gt;</code>'),
        ('<!-- <a href="/course/b/"> -->é\n<a href="/course/a/?books=10">é', '<!-- <a href="/course/b/"> -->é\n<a href="/course/a/books-10/">é'),
        (
            '<script type="application/json">{"to": "/course/a/?books=10", "a": "\\u003C"}</script>',
            '<script type="application/json">{"to": "/course/a/books-10/", "a": "\\u003C"}</script>',
        ),
        ('<script>go("/course/a/?books=10")</script>', '<script>go("/course/a/?books=10")</script>'),
    ],
)  # fmt: skip
def test_html(rewriter, html, rewritten):
    assert rewriter.html("/course/a/", html) == rewritten


def test_what_is_named_is_found(rewriter):
    rewriter.html(
        "/course/", '<a href="/course/a/?books=10"><script type="application/json">["/course/"]</script>'
    )
    assert rewriter.found == {KNOWN["/course/"], KNOWN["/course/a/?books=10"]}


def test_json_without_addresses_stays_as_it_is(rewriter):
    assert rewriter.json('{"a":   "/elsewhere/", "n": 1.0}') == '{"a":   "/elsewhere/", "n": 1.0}'


def test_same_tag_is_rewritten_for_each_page_that_has_it(rewriter):
    relative, absolute = '<a href="?books=10">', '<a href="/course/a/?books=10">'
    assert rewriter.html("/course/a/", relative + absolute) == '<a href="/course/a/books-10/">' * 2
    rewriter.found.clear()
    assert rewriter.html("/course/b/", relative) == '<a title="Not in this recorded copy" href="/course/out/">'
    assert rewriter.found == set()
    rewriter.html("/course/b/", absolute)
    assert rewriter.found == {KNOWN["/course/a/?books=10"]}
