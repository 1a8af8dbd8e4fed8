import pytest

from lessons.search.terms import find_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("N+1 on a key", ["n+1", "on", "a", "key"]),
        ("`select_related()`", ["select_related", "select", "related"]),
        ("price__gt, __gt", ["price_gt", "price", "gt", "gt"]),
        ("queries, indexes, classes, hashes, updates", ["query", "index", "class", "hash", "update"]),
        ("status, address, this, has, yes", ["status", "address", "this", "has", "yes"]),
        ("GROUP BY", ["group", "by"]),
        ("Größe 40P01", ["größe", "40p01"]),
        ("\"' % () * ^ : - + _ \x00 🙂", []),
        ("", []),
    ],
)
def test_terms(text, terms):
    assert find_terms(text) == terms


def test_terms_are_short():
    assert [len(term) for term in find_terms("x" * 10_000)] == [40]
