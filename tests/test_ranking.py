"""The search of the browser, asked in Node: it finds what the server's finds."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lessons.course.catalog import get_catalog
from lessons.search.documents import make_documents
from lessons.search.index import get_index
from lessons.search.terms import find_terms
from lessons.search.tests.searches import MOST, SEARCHES
from tests.conftest import ROOT

NODE = shutil.which("node", path=f"{os.environ['PATH']}{os.pathsep}{Path(sys.executable).parent}")

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="Node is missing: make static/build/search.js installs one"),
    pytest.mark.skipif(
        not (ROOT / "node_modules/minisearch").exists(),
        reason="MiniSearch is missing: make static/build/search.js",
    ),
]


@pytest.fixture(scope="module")
def ask():
    """ask(queries=…, texts=…, index=…) returns what the browser makes of them."""

    def ask(queries=(), texts=(), index=None):
        index = index or json.loads(get_index(get_catalog()).json)
        asked = json.dumps({"index": index, "queries": list(queries), "texts": list(texts)})
        done = subprocess.run([NODE, "tests/ranking.mjs"], cwd=ROOT, input=asked.encode(), capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return ask


@pytest.fixture(scope="module")
def found(ask):
    """{query: addresses}, of all SEARCHES."""
    queries = [query for query, _ in SEARCHES]
    answers = ask(queries)["found"]
    return {query: [each["url"] for each in answer] for query, answer in zip(queries, answers, strict=True)}


def of(*titles, kind="lesson", weight=1, **fields):
    """An index of documents of these titles, with equal fields."""
    documents = [
        {"kind": kind, "url": title, "weight": weight, "title": title, "says": "…", **fields} for title in titles
    ]
    return {"fields": {"title": 2, "names": 1.5, "text": 0.25}, "documents": documents}


def titles(answer):
    return [[each["title"] for each in found] for found in answer["found"]]


@pytest.mark.parametrize(("query", "lesson"), SEARCHES)
def test_lesson_is_among_the_first(found, query, lesson):
    assert f"/lessons/{lesson}/" in found[query][:MOST]


def test_typos_are_forgiven(ask):
    typos = ["select_releated", "selct_related", "prefech_related", "transacton", "agregate", "deadlok"]
    assert all(ask(typos)["found"])


def test_terms_are_those_of_the_server(ask):
    course = [text for each in make_documents(get_catalog()) for text in (each.title, each.says, each.text)]
    odd = [
        "N+1 + 1",
        "price__gt __gt",
        "Größe İstanbul",
        "x" * 99,
        "🙂🙂🙂s",
        "naïve café 40P01",
        "𞤀𞤁 ²",
        "\x00",
        "",
    ]
    texts = [*course, *odd]
    assert ask(texts=texts)["terms"] == [find_terms(text) for text in texts]


def test_whatever_is_typed_is_answered(ask):
    odd = [
        "n+1",
        "select_related()",
        "__gt",
        "it's",
        '"',
        "100%",
        "\x00",
        "🙂",
        "__proto__",
        "constructor",
        "x" * 10_000,
        "count " * 9_999,
        "",
    ]
    assert ask(odd)["found"][-1] == []


def test_words_that_were_found_are_marked(ask):
    answer = ask(["relatd keys"], index=of("select_related() on a key"))
    marked = [text for is_found, text in answer["found"][0][0]["marked"] if is_found]
    assert marked == ["select_related", "key"]
    assert "".join(text for _, text in answer["found"][0][0]["marked"]) == "select_related() on a key"


def test_whole_word_says_more_than_its_beginning(ask):
    assert titles(ask(["lock"], index=of("blocking", "locking", "lock"))) == [["lock", "locking"]]


def test_lesson_comes_before_a_term_that_matches_as_well(ask):
    index = of("HAVING", kind="term", weight=0.3)
    index["documents"] += of("having")["documents"]
    assert titles(ask(["having"], index=index)) == [["having", "HAVING"]]


def test_nearest_are_names_and_terms(ask):
    index = of("A", names=["select_related", "Q"])
    index["documents"] += of("deadlock", kind="term")["documents"]
    assert ask(["Slct-reltd", "dedlook", "zzz"], index=index)["nearest"] == [["select_related"], ["deadlock"], []]
