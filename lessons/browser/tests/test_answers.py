"""What the worker answers, on the server: the page's messages and its own figures."""

import json

import pytest

from lessons.browser import answers
from lessons.browser.telling import tokens
from lessons.course.catalog import get_catalog
from lessons.runs.parcel import parcel

LESSON = get_catalog().lesson("n_plus_one/forward_foreign_key")


@pytest.fixture
def ask(tmp_path, monkeypatch, shelves):
    """Answer a message about the lesson's naive variant at 10 books."""
    monkeypatch.setattr(answers, "ROOT", tmp_path)

    def ask(do, **message):
        asked = {"do": do, "lesson": parcel(LESSON), "variant": "naive", "books": 10, **message}
        return json.loads(answers.answer(json.dumps(asked)))

    return ask


def test_run_is_told_whole(ask):
    run = ask("run")["run"]
    assert (run["status"], run["queries"], run["returned"]) == ("ok", 11, 10)
    first, second = run["groups"]
    assert (first["count"], second["count"], second["cause"]) == (1, 10, "foreign key access")
    assert second["place"] == {"file": "naive.py", "line": 6, "end_line": 6, "column": 26, "end_column": 37}
    assert len(run["preview"]) == 10
    assert all(isinstance(value, str) for row in run["preview"] for value in row)


def test_readers_code_takes_the_variants_place(ask):
    run = ask("run", code="def run():\n    return [1 / 0]\n")["run"]
    assert (run["status"], run["error"]) == ("raised", "ZeroDivisionError: division by zero")
    assert run["error_place"]["line"] == 2
    assert LESSON.variant("naive").source.startswith("from library.models"), "the shipped file is as it was"


def test_what_cannot_be_loaded_is_a_fault(ask):
    assert "cannot be loaded: SyntaxError" in ask("run", code="def run(:\n")["fault"]


def test_statement_is_explained(ask):
    plan = ask("explain", n=1)["plan"]
    assert plan["n"] == 1
    assert plan["verdict"].startswith("Reads ")
    assert plan["nodes"][0]["title"]
    assert "11" in ask("explain", n=99)["fault"]


MANY = """from library.models import Book


def run():
    keys = Book.objects.values("pk")
    return list(keys.union(*[keys.filter(pages=n) for n in range(200)], all=True))
"""


def test_equal_steps_are_told_as_one(ask):
    plan = ask("explain", code=MANY, n=1)["plan"]
    assert [step["times"] for step in plan["nodes"][0]["children"]] == [1, 200]
    assert plan["raw"] == plan["raw"][:20_100]


def test_tokens_are_the_whole_statement_and_say_what_each_is():
    sql = """SELECT "library_book"."id" FROM "library_book"\nWHERE "title" = 'It''s' AND "pages" >= 100 LIMIT %s"""
    found = list(tokens(sql))
    assert "".join(text for _, text in found) == sql
    kinds = {text: kind for kind, text in found}
    assert [kinds[text] for text in ("SELECT", '"id"', "'It''s'", "100", ">=", "\n")] == [
        "k",
        "ss",
        "s1",
        "mi",
        "o",
        "",
    ]


def test_query_of_a_framework_is_told_with_its_way(ask):
    forms = get_catalog().lesson("where_queries_hide/form_choices")
    ways = [group["way"] for group in ask("run", lesson=parcel(forms))["run"]["groups"]]
    assert ways[1] == "by way of BoundField.as_widget() → … → ChoiceWidget.optgroups() → ModelChoiceIterator"
