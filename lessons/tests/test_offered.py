import re

import pytest

RACES = """
[[variants.{name}.races]]
schedule = "alice bob"
outcome.postgresql = {{ alice = "committed", bob = "deadlock", invariant = "kept" }}
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


@pytest.mark.parametrize("racing", ["naive", "optimized"])
def test_sessions_that_race_have_no_pages_of_single_runs(course, offered, client, racing):
    third(course)
    course.add("lesson.toml", RACES.format(name=racing))
    assert offered() == ["naive", "optimized", "third", "compare"]
    for page in ("staircase", "curve", "engines"):
        response = client.get(f"{LESSON}{page}/")
        assert response.status_code == 404
        assert "sessions that race: none of them runs by itself" in response.text
