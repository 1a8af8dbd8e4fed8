import pytest

from lessons.search.marking import mark


@pytest.mark.parametrize(
    ("text", "sought", "marked"),
    [
        ("GROUP BY a key", ["group", "by"], "<mark>GROUP</mark> <mark>BY</mark> a key"),
        ("N+1 on keys", ["n+1", "key"], "<mark>N+1</mark> on <mark>keys</mark>"),
        ("with select_related()", ["related"], "with <mark>select_related</mark>()"),
        ("counting", ["count"], "<mark>counting</mark>"),
        ("a < b & <i>c</i>", ["c"], "a &lt; b &amp; &lt;i&gt;<mark>c</mark>&lt;/i&gt;"),
        ("none", [], "none"),
    ],
)
def test_words_that_were_found_are_marked(text, sought, marked):
    assert mark(text, sought) == marked
