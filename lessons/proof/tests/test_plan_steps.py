import tomllib

import pytest
from django.core.management import call_command

from lab.engines import get_engine
from lessons.course.catalog import get_catalog
from lessons.management.commands import list_plan_steps
from lessons.proof.plan_steps import Sighting, look, written
from lessons.vocabulary import plan_steps
from lessons.vocabulary.plan_steps import Place, get_plan_steps


def sighting(name, lesson, n=1, says=None):
    return Sighting(
        engine="sqlite", name=name, says=says, place=Place(lesson=lesson, variant="naive", n=n, books=100)
    )


def test_steps_of_a_lesson_are_those_of_its_plans(course, shelves):
    seen = {
        (each.name, str(each.place))
        for each in look(get_catalog().lesson("a_track/a_lesson"), get_engine("sqlite"), [10])
    }
    assert seen == {
        ("SCAN …", "a_track/a_lesson naive 1 10"),
        ("SEARCH … USING INTEGER PRIMARY KEY", "a_track/a_lesson naive 2 10"),
        ("SCAN …", "a_track/a_lesson optimized 1 10"),
        ("SEARCH … USING INTEGER PRIMARY KEY", "a_track/a_lesson optimized 1 10"),
    }


def test_lesson_that_is_not_for_an_engine_has_no_steps_there(course):
    course.change("lesson.toml", "title = ", 'engines = ["postgresql"]\ntitle = ')
    assert not list(look(get_catalog().lesson("a_track/a_lesson"), get_engine("sqlite"), [10]))


def test_step_is_written_with_the_first_plan_of_each_lesson():
    text = written(
        "SQLite 3",
        "sqlite",
        [sighting("SCAN …", "a/b", 1), sighting("SCAN …", "a/b", 2), sighting("SCAN …", "c/d")],
    )
    step = tomllib.loads(text)["sqlite"]["steps"]["SCAN …"]
    assert step == {"lessons": 2, "seen": ["a/b naive 1 100", "c/d naive 1 100"]}


def test_plans_of_many_tracks_are_named_rather_than_of_one():
    many = [*(sighting("SCAN …", f"a/{n}") for n in range(20)), sighting("SCAN …", "b/0")]
    step = tomllib.loads(written("SQLite 3", "sqlite", many))["sqlite"]["steps"]["SCAN …"]
    assert (step["lessons"], len(step["seen"])) == (21, 12)
    assert step["seen"][:3] == ["a/0 naive 1 100", "b/0 naive 1 100", "a/1 naive 1 100"]


def test_words_are_the_commonest_of_the_lab():
    seen = [sighting('Sort "x"', "a/b", says=says) for says in ("sorts in memory", "sorts", "sorts in memory")]
    assert tomllib.loads(written("1", "sqlite", seen))["sqlite"]["steps"]['Sort "x"']["says"] == "sorts in memory"


def test_check_lessons_names_a_step_that_the_file_lacks(course, shelves, capsys, monkeypatch):
    call_command("check_lessons", "a_track/a_lesson", engine=["sqlite"])
    assert "the page of all steps lacks" not in capsys.readouterr().out
    monkeypatch.setattr("lessons.proof.plan_steps.get_plan_steps", dict)
    call_command("check_lessons", "a_track/a_lesson", engine=["sqlite"])
    out = " ".join(capsys.readouterr().out.split())
    assert (
        "a_track/a_lesson has a step that the page of all steps lacks, SCAN … on SQLite: python manage.py" in out
    )


@pytest.fixture
def listed(course, shelves, monkeypatch, tmp_path):
    """A file of steps of its own."""
    for module in (plan_steps, list_plan_steps):
        monkeypatch.setattr(module, "FILE", tmp_path / "plan_steps.toml")
    monkeypatch.setattr("lessons.proof.plan_steps._BOOKS", (10,))
    yield tmp_path / "plan_steps.toml"
    monkeypatch.undo()
    get_plan_steps.cache_clear()
    plan_steps.get_made_on.cache_clear()


def test_command_writes_the_steps_of_an_engine_and_keeps_those_of_others(listed, capsys):
    listed.write_text(
        '# A comment.\n\n[postgresql]\nversion = "PostgreSQL 18"\n\n[postgresql.steps."Seq Scan"]\nlessons = 1\nsays = "reads"\nseen = [\n    "a/b naive 1 100",\n]\n'
    )
    before = listed.read_text().partition("\n\n")[2]
    call_command("list_plan_steps", engine=["sqlite"])
    assert before in listed.read_text()
    assert {engine: [step.name for step in steps] for engine, steps in get_plan_steps().items()} == {
        "postgresql": ["Seq Scan"],
        "sqlite": ["SCAN …", "SEARCH … USING INTEGER PRIMARY KEY"],
    }
    again = listed.read_text()
    call_command("list_plan_steps", engine=["sqlite"])
    assert listed.read_text() == again
    assert "sqlite: 2 steps" in capsys.readouterr().out
