from itertools import product
from types import SimpleNamespace

from lessons.proof.findings import About, Fault
from lessons.proof.sentences import tell

ENGINES = ["SQLite", "PostgreSQL", "MariaDB"]


def fault(does="raises an error.", *, about=About.CODE, what="naive", books=None, engine=None):
    engine = engine and SimpleNamespace(label=engine, name=engine.lower())
    return Fault(lesson="a/b", about=about, what=what, does=does, remedy="Mend it.", books=books, engine=engine)


def test_one_cause_is_told_once_with_all_its_places():
    everywhere = [fault(books=books, engine=engine) for engine, books in product(ENGINES, (10, 100, 1_000))]
    assert tell(everywhere, engines=ENGINES) == [
        "a/b: naive at 10, 100 and 1,000 books on every engine raises an error. Mend it."
    ]


def test_engines_are_named_where_it_is_not_all_of_them():
    faults = [fault(books=10, engine="SQLite"), fault(books=10, engine="MariaDB")]
    assert tell(faults, engines=ENGINES) == [
        "a/b: naive at 10 books on SQLite and MariaDB raises an error. Mend it."
    ]
    assert tell(faults[:1], engines=ENGINES[:1]) == ["a/b: naive at 10 books on SQLite raises an error. Mend it."]


def test_what_is_not_of_an_engine_is_told_without_one():
    assert tell([fault(what="naive.py")] * 3, engines=ENGINES) == ["a/b: naive.py raises an error. Mend it."]


def test_most_helpful_comes_first():
    faults = [
        fault("is slow.", about=About.SAVING),
        fault("runs 2 queries.", about=About.COUNT, engine="SQLite"),
        fault("raises.", what="optimized"),
        fault("runs 3 queries.", about=About.COUNT, engine="MariaDB"),
        fault("raises."),
    ]
    assert [sentence.split(": ")[1].split(". ")[0] for sentence in tell(faults, engines=ENGINES)] == [
        "optimized raises",
        "naive raises",
        "naive is slow",
        "naive on SQLite runs 2 queries",
        "naive on MariaDB runs 3 queries",
    ]
