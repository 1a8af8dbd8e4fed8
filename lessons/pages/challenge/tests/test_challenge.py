import json
from functools import partial

import pytest

from lessons.course.catalog import get_catalog
from lessons.pages.addresses import Addresses
from lessons.pages.challenge import built, challenge
from lessons.pages.challenge.challenge import budget_of

FILE = "/lessons/a_track/a_lesson/challenge.json"
PAGE = "/lessons/a_track/a_lesson/naive/?books=10"


@pytest.fixture
def lesson(course):
    return get_catalog().lesson("a_track/a_lesson")


def test_file_has_what_the_browser_runs(course, get):
    told = json.loads(get(FILE))
    assert told["lesson"]["path"] == "a_track/a_lesson"
    assert f"{told['naive']}.py" in told["lesson"]["files"]
    assert told["solution"] == (course.folder / "optimized.py").read_text()


def test_file_names_the_next_challenge(client):
    lessons = [lesson for lesson in get_catalog().lessons if not lesson.no_challenge]
    first, *_, last = (client.get(Addresses(lesson).challenge()).json() for lesson in (lessons[0], lessons[-1]))
    following = client.get(first["next"]["challenge"]).json()
    assert following["lesson"]["path"] == lessons[1].path
    assert first["next"]["title"] == following["title"]
    assert last["next"] is None


def test_stamp_is_of_the_naive_code(course, get):
    stamp = json.loads(get(FILE))["stamp"]
    course.add("optimized.py", "# More\n")
    get_catalog.cache_clear()
    assert json.loads(get(FILE))["stamp"] == stamp
    course.add("naive.py", "# More\n")
    get_catalog.cache_clear()
    assert json.loads(get(FILE))["stamp"] != stamp


@pytest.mark.parametrize("key", ["no_challenge", "no_browser"])
def test_lesson_without_a_challenge_has_no_file(course, get, key):
    course.change(
        "lesson.toml", 'task = "Return every title with its author."', f'{key} = "It asks for two of you."'
    )
    assert "It asks for two of you." in get(FILE, status=404)
    html = get(PAGE)
    assert ("It asks for two of you." in html) is (key == "no_browser")
    assert "The solution" not in html


def test_page_says_what_is_not_built(course, get, monkeypatch):
    monkeypatch.setattr(built, "_is_whole", False)
    monkeypatch.setattr(built, "missing", lambda: ["build/editor.js"])
    monkeypatch.setattr(challenge, "missing", lambda: ["build/editor.js"])
    html = get(PAGE)
    assert "<code>build/editor.js</code>" in html
    assert "make built" in html
    assert "Solve it here" not in html
    assert "The solution" in html


def test_page_has_it_once_it_is_built(course, get, monkeypatch):
    """`make run` serves while it still builds."""
    monkeypatch.setattr(built, "_is_whole", False)
    for gone in (["build/editor.js"], []):
        for module in (built, challenge):
            monkeypatch.setattr(module, "missing", partial(list, gone))
        assert ("Solve it here" in get(PAGE)) is (not gone)


def test_what_was_not_built_is_missing(static_files, monkeypatch):
    monkeypatch.setattr(built, "_MODELS", "build/no_models.json")
    assert "build/no_models.json" in built.missing()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("n_plus_one/forward_foreign_key", "It may send 1 query, however many books there are."),
        ("n_plus_one/many_to_many", "It may send 2 queries, however many books there are."),
        ("let_the_database_choose/exclude", "The judge looks at the rows alone."),
        (
            "schema_and_indexes/an_index",
            "It may send 31 queries, however many books there are. The database may take about"
            " as many steps for it as for the solution.",
        ),
    ],
)
def test_budget_is_told(path, told):
    assert budget_of(get_catalog().lesson(path)) == told


def test_every_challenge_has_its_budget():
    assert all(budget_of(lesson) for lesson in get_catalog().lessons if not lesson.no_challenge)
