import re

import pytest

from lab.engines.postgresql import PostgreSQL
from lessons.pages.tests.markup import words

PAGE = "/lessons/a_track/a_lesson/"


@pytest.fixture
def get(race_course, get):
    return get


def test_question_asks_and_does_not_reveal(get):
    html = get()
    assert "“What was sold is no longer there.” Is that kept?" in words(html)
    assert re.findall(r'<button name="guess" value="(\w+)">', html) == ["kept", "broken"]
    assert re.findall(r'<li class="lane-\d">(\w+)</li>', html) == ["alice", "bob", "alice", "bob"]
    assert "What happens?" in html
    assert re.findall("<figcaption>([\\w.]+)", html) == ["naive.py", "setup.py", "race.py"]
    for told in ("What you saw", "4 of five", "Both look first", "Broken"):
        assert told not in html


@pytest.mark.parametrize(
    ("guess", "answer"), [("broken", "Yes: broken."), ("kept", "You said kept. It is broken.")]
)
def test_guess_is_scored(get, guess, answer):
    html = get(f"?guess={guess}")
    assert answer in words(html)
    assert f'href="{PAGE}naive/"' in html
    assert 'name="guess"' not in html
    assert "Is that kept?" in words(html)


def test_guess_that_is_none(get):
    assert "“42” is no guess." in get("?guess=42", status=400)


def test_question_is_asked_of_an_engine_that_the_story_is_declared_for(race_course, get):
    text = (race_course.folder / "lesson.toml").read_text()
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("outcome.sqlite")]
    race_course.write("lesson.toml", "".join(lines))
    html = get()
    assert "on PostgreSQL:" in words(html)
    assert f'href="{PAGE}naive/?engine=postgresql"' in html


def test_lesson_opens_on_the_first_of_its_engines_that_is_at_hand(race_course, get, shelves_at_hand, monkeypatch):
    text = (race_course.folder / "lesson.toml").read_text()
    race_course.write("lesson.toml", 'engines = ["postgresql", "sqlite"]\n' + text)
    html = get()
    assert "on PostgreSQL:" in words(html)
    assert f'href="{PAGE}naive/"' in html
    assert re.search(r'id="engine-postgresql"[^>]*aria-current', get("naive/"))
    monkeypatch.setattr(PostgreSQL, "off", lambda engine: "No server.")
    html = get()
    assert "on SQLite:" in words(html)
    assert f'href="{PAGE}naive/?engine=sqlite"' in html
    assert re.search(r'id="engine-sqlite"[^>]*aria-current', get("naive/"))


def test_invariant_that_says_nothing_is_asked_by_its_name(race_course, get):
    race_course.change("race.py", '    """What was sold is no longer there."""\n', "")
    assert "Is the invariant of race.py kept?" in get()
    race_course.write("race.py", "def invariant(:\n")
    assert "Is the invariant of race.py kept?" in get()
