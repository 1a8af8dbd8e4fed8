from concurrent.futures import ThreadPoolExecutor

import pytest

from lessons.course.catalog import get_catalog
from lessons.search.documents import Document
from lessons.search.engine import Engine
from lessons.search.index import get_index
from lessons.search.tests.searches import MOST, SEARCHES


@pytest.fixture(scope="module")
def engine():
    return get_index(get_catalog()).engine


def found(engine, query):
    return [document.url for document in engine.search(query).documents]


def of(*titles, kind="lesson", weight=1.0, **fields):
    """Documents of these titles, with equal fields."""
    return [Document(kind=kind, url=title, weight=weight, title=title, says="", **fields) for title in titles]


@pytest.mark.parametrize(("query", "lesson"), SEARCHES)
def test_lesson_is_among_the_first(engine, query, lesson):
    assert f"/lessons/{lesson}/" in found(engine, query)[:MOST]


@pytest.mark.parametrize(
    "typo", ["select_releated", "selct_related", "prefech_related", "transacton", "agregate", "deadlok"]
)
def test_typo_is_forgiven(engine, typo):
    assert found(engine, typo)


def test_typo_finds_what_was_meant(engine):
    assert set(found(engine, "deadlok")) == set(found(engine, "deadlock"))


@pytest.mark.parametrize(
    "query",
    [
        "n+1", "select_related()", "__gt", "price__gt", "it's", '"quoted', "100%", "-x", "NEAR(a, b)", "a OR", "AND",
        "title:count", "count*", "^count", "(", "\x00", "🙂", "𞤀𞤁", "é", "  ", "", "x" * 10_000, "count " * 10_000,
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(engine, query):
    engine.search(query)
    engine.nearest(query)


def test_operators_are_words(engine):
    assert found(engine, "title:count") == found(engine, "title count")
    assert found(engine, 'count" OR "len') == found(engine, "count or len")


def test_nothing_finds_nothing(engine):
    assert found(engine, "") == found(engine, "+ -") == found(engine, "qqqqqqqq") == []


def test_title_says_more_than_the_text():
    other = Document(kind="lesson", url="text", weight=1.0, title="Another", says="", text="lock")
    assert found(Engine([other, *of("lock")]), "lock") == ["lock", "text"]


def test_whole_word_says_more_than_its_beginning():
    assert found(Engine(of("blocking", "locking", "lock")), "lock") == ["lock", "locking"]


def test_more_of_the_words_are_better():
    assert found(Engine(of("stock", "race", "race for the stock")), "race stock")[0] == "race for the stock"


def test_lesson_comes_before_a_term_that_matches_as_well():
    engine = Engine([*of("HAVING", kind="term", weight=0.3), *of("having")])
    assert found(engine, "having") == ["having", "HAVING"]


def test_nearest_are_names_and_terms():
    engine = Engine([*of("A", names=("select_related", "Q")), *of("deadlock", kind="term")])
    assert engine.nearest("Slct-reltd") == ["select_related"]
    assert engine.nearest("dedlook") == ["deadlock"]


def test_threads_share_it(engine):
    queries = [query for query, _ in SEARCHES] * 5
    alone = [found(engine, query) for query in queries]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda query: found(engine, query), queries)) == alone
