"""The pages about the whole course, with a lesson of sessions that race."""

import re

import pytest

from lessons.course.catalog import get_catalog
from lessons.pages.tests.markup import words


@pytest.fixture
def get(race_course, get):
    def get_of_changed_course(url):
        get_catalog.cache_clear()
        return get(url)

    return get_of_changed_course


@pytest.mark.parametrize("url", ["/", "/lessons/a_track/"])
def test_list_of_lessons_tells_what_becomes_of_the_invariant(get, url):
    html = get(url)
    assert re.search(r'class="naive">broken</span>.*class="optimized">kept</span>', html, re.DOTALL)


def test_track_explains_what_it_lists_of_races(get):
    assert "where sessions race" in get("/lessons/a_track/")


def test_list_of_lessons_tells_how_a_session_fails_where_the_invariant_is_kept(race_course, get):
    text = (race_course.folder / "lesson.toml").read_text()
    race_course.write(
        "lesson.toml", text.replace('"broken"', '"kept"').replace('bob = "committed"', 'bob = "deadlock"', 1)
    )
    assert re.search(r'class="naive">deadlock</span>.*class="optimized">kept</span>', get("/"), re.DOTALL)


def test_summary_has_the_change_and_the_ends(get):
    html = get("/summary/")
    assert "transaction.atomic" in words(
        re.search(r'<td role="cell" class="optimized">.*?</td>', html, re.DOTALL)[0]
    )
    counts = words(re.search(r'<td role="cell" class="counts">(.*?)</td>', html, re.DOTALL)[1])
    assert counts == "race: naive broken → kept"


def test_races_that_end_otherwise_elsewhere_are_a_difference(race_course, get):
    race_course.change(
        "lesson.toml",
        'outcome.mysql = { alice = "committed", bob = "committed", invariant = "broken" }',
        'outcome.mysql = { alice = "committed", bob = "deadlock", invariant = "kept" }',
    )
    html = get("/differences/")
    assert (
        "The race “Both look first” of naive: SQLite bob committed: broken,"
        " PostgreSQL bob committed: broken, MariaDB bob deadlock: kept"
    ) in words(html).replace("MariaDB/MySQL", "MariaDB")
    assert "“Bob waits”" not in html
    assert "“One after the other”" not in html  # told on one engine
    assert 'href="/lessons/a_track/a_lesson/compare/"' in html


def test_claim_of_a_race_has_a_verdict_and_no_statements(race_course, shelves, get):
    race_course.write(
        "claims.py",
        'def lost(race):\n    """Nothing is lost."""\n    return race("naive", "alice bob alice bob").kept\n',
    )
    race_course.add("lesson.toml", '\n[claims.lost]\nid = "C01"\nexpect = false\ntruth = "It is."\n')
    html = get("/lessons/a_track/a_lesson/claims/")
    assert "false “Nothing is lost.”" in words(html)
    assert "expected another verdict" not in html
    assert "The evidence:" not in html
