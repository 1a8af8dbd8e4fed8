import re

import pytest

RACES = """
[[variants.third.races]]
title = "A third way"
schedule = "alice bob"
outcome.sqlite = { alice = "committed", bob = "committed", invariant = "kept" }
"""
LESSON = "/lessons/a_track/a_lesson/"


@pytest.fixture
def offered(course, shelves, client):
    def offered(page="compare"):
        text = client.get(f"{LESSON}{page}/", {"books": 10}).text
        return re.findall(r'id="show-(\w+)"', text)

    return offered


def third(course):
    course.write("third.py", (course.folder / "optimized.py").read_text(encoding="utf-8"))
    course.add("lesson.toml", "\n[variants.third.queries]\n10 = 1\n100 = 1\n1000 = 1\n")


def test_two_variants_are_compared_and_make_no_staircase(offered):
    assert offered() == ["naive", "optimized", "compare", "curve", "engines"]


def test_more_variants_make_a_staircase(course, offered):
    third(course)
    for page in ("naive", "compare", "curve", "engines", "staircase"):
        assert offered(page) == ["naive", "optimized", "third", "compare", "staircase", "curve", "engines"]


def test_sessions_that_race_have_no_pages_of_single_runs(race_course, offered, client):
    race_course.write("third.py", (race_course.folder / "optimized.py").read_text(encoding="utf-8"))
    race_course.add("lesson.toml", RACES)
    assert offered() == ["naive", "optimized", "third", "compare"]
    for page in ("staircase", "curve", "engines", "spans", "naive/plan/1"):
        response = client.get(f"{LESSON}{page}/")
        assert response.status_code == 404
        assert "sessions that race: none of them runs by itself" in response.text
