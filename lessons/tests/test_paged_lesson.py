"""A run() with a keyword is run by its default wherever nothing is given to it; and by what run_lesson gives it."""

import json

import pytest
from django.core.management import CommandError, call_command

from lessons.browser import answers
from lessons.course.catalog import get_catalog
from lessons.course.contract import Environment
from lessons.runs.parcel import parcel
from lessons.take_home.test_file import write_test
from lessons.tests.commands import output

LESSON = "a_track/a_lesson"


@pytest.fixture
def run(paged_course, shelves, capsys):
    def run(**options):
        options = {"books": 100, "as_json": True, **options}
        printed = output(capsys, "run_lesson", LESSON, **options)
        return json.loads(printed) if options["as_json"] else printed

    return run


def test_run_lesson_runs_the_default(run):
    assert run()["digest"] == run(keyword="page=1")["digest"]
    assert "with" not in run()


def test_run_lesson_gives_a_page(run):
    naive, optimized = run(keyword="page=7", variant="all")
    assert naive["with"] == {"page": 7}
    assert naive["digest"] == optimized["digest"] != run()["digest"]
    assert "100 books, page=7, Django" in run(keyword="page=7", as_json=False)


def test_run_lesson_explains_that_page(run):
    plans = [
        step["plan"]["raw"] for step in run(keyword="page=7", variant="optimized", explain=True)["statements"]
    ]
    assert plans


@pytest.mark.parametrize("keyword", ["page", "page=", "page=0", "page=-1", "page=x", "page=1.5", "size=1", "=1"])
def test_run_lesson_with_what_run_does_not_take(run, keyword):
    with pytest.raises(CommandError, match=r"gives 'page' to run\(\), a whole number. Type: --with page=10"):
        run(keyword=keyword)


def test_run_lesson_without_a_curve(course, shelves):
    with pytest.raises(CommandError, match=r"it has no \[curve\]\. Leave --with out\."):
        call_command("run_lesson", LESSON, keyword="page=1")


def test_run_lesson_of_a_race(race_course, shelves):
    with pytest.raises(CommandError, match=r"Nothing is given to sessions that race\. Leave --with out\."):
        call_command("run_lesson", LESSON, keyword="page=1")


def test_curve_is_left_as_it_is_when_counts_are_recorded(paged_course, shelves, capsys):
    paged_course.add("lesson.toml", "values = [1, 2, 3]  # three\n")
    paged_course.change("lesson.toml", "10 = 2", "10 = 3")
    call_command("check_lessons", LESSON, engine=["sqlite"], record=True)
    text = (paged_course.folder / "lesson.toml").read_text()
    assert "10 = 2" in text
    assert '\n[curve]\nover = "page"\nvalues = [1, 2, 3]  # three\n' in text


def test_check_lessons_tells_of_rows_that_differ_at_a_page(paged_course, shelves, capsys):
    paged_course.change("optimized.py", "10 * page - 10", "10 * page - 10 - page // 50")
    with pytest.raises(CommandError):
        call_command("check_lessons", LESSON, engine=["sqlite"])
    assert "naive and optimized at page 50 and 100 at 1,000 books on SQLite give" in capsys.readouterr().err


def test_browser_runs_the_default(paged_course, shelves, tmp_path, monkeypatch):
    monkeypatch.setattr(answers, "ROOT", tmp_path)
    message = {"do": "run", "lesson": parcel(get_catalog().lesson(LESSON)), "variant": "naive", "books": 37}
    told = json.loads(answers.answer(json.dumps(message)))["run"]
    assert (told["status"], told["queries"], told["returned"]) == ("ok", 2, 10)


def test_taken_home_it_is_run_by_its_default(paged_course):
    test = write_test(get_catalog().lesson(LESSON), Environment(engine="sqlite", django="6.1")).text
    assert "def run(page=1):" in test
    assert "            run()\n" in test
