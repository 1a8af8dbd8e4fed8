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


def test_single_runs_have_their_pages(offered):
    assert offered() == ["naive", "optimized", "compare", "curve", "engines"]


@pytest.mark.parametrize("racing", ["naive", "optimized"])
def test_sessions_that_race_have_no_pages_of_single_runs(course, offered, client, racing):
    course.add("lesson.toml", RACES.format(name=racing))
    assert offered() == ["naive", "optimized", "compare"]
    for page in ("curve", "engines"):
        response = client.get(f"{LESSON}{page}/")
        assert response.status_code == 404
        assert "sessions that race: none of them runs by itself" in response.text
