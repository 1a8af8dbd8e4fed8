"""Memory and fields on the pages and at the terminal, for lessons that say they save them."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.once

PAGE = "/lessons/a_track/a_lesson/"


@pytest.fixture
def lesson(course):
    course.add("lesson.toml", "\n[saves]\nmemory = 0.9\nfields = 0.9\n")
    return course


def figures(html):
    """[(label, figure or "measure")] of a page."""
    main = html.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r"<div[^>]*><dt>(.*?)</dt><dd[^>]*>(.*?)</dd></div>", main, re.DOTALL)
    return {label: re.sub("<[^>]*>", "", value).strip() for label, value in found}


@pytest.fixture
def get(lesson, shelves_at_hand, get):
    return lambda page, **query: get(f"{page}/?{urlencode(query)}")


def test_what_is_not_measured_yet_can_be(get):
    html = get("naive", books=10)
    assert figures(html)["MB at the peak"] == "measure"
    assert figures(html)["cells fetched and not read"] == "measure"
    assert (
        'id="measure-memory" class="measure" href="/lessons/a_track/a_lesson/naive/?books=10&amp;measure=1"'
        in html
    )


def test_measured_variant_shows_memory_and_unread_fields(get):
    html = get("optimized", books=10, measure=1)
    assert float(figures(html)["MB at the peak"]) > 0
    assert int(figures(html)["cells fetched and not read"]) == 10 * (12 + 5)
    assert re.search(r"Python took <?[\d.]+ MB at the peak, the process grew by [\d.]+ MB", html)
    assert '<b>Author</b> <meter min="0" max="6" value="1">1 of 6</meter>' in html
    assert re.search(r"never read: id, email, bio, joined_on, country_id<", html)


def test_both_of_a_pair_are_measured(get):
    html = get("compare", books=10, measure=1)
    assert html.count("MB at the peak</dt>") == html.count("The greater counts.") == 2
    assert html.count("Measured without the recorder") == 2
    assert 'id="left-measure-memory"' in get("compare", books=10)


def test_each_engine_is_measured(get, shelves_at_hand):
    html = get("engines", books=10, measure=1)
    assert html.count("The greater counts.") == len(shelves_at_hand)


def test_lesson_that_saves_something_else_has_no_such_figures(course, shelves, client):
    html = client.get(f"{PAGE}naive/", {"books": 10, "measure": 1}).text
    assert set(figures(html)) == {"queries", "rows fetched", "ms in the database", "ms in Python"}


def test_run_lesson_tells_memory_and_fields(lesson, shelves, capsys):
    call_command("run_lesson", "a_track/a_lesson", variant="optimized", books=10)
    printed = capsys.readouterr().out
    assert re.search(r"[\d.]+ MB at the peak", printed)
    assert "Author: 1 of 6 columns read; never read: id, email, bio, joined_on, country_id" in printed
    call_command("run_lesson", "a_track/a_lesson", variant="optimized", books=10, as_json=True)
    exported = json.loads(capsys.readouterr().out)
    assert exported["memory"]["peak"] >= exported["memory"]["python"] > 0
    assert {"model": "Author", "field": "bio", "fetched": 10, "read": 0} in exported["fields"]


def test_saving_that_differs_by_engine_is_listed(course, client):
    course.add("lesson.toml", "\n[saves]\nmemory = { default = 0.2, mysql = 0.9 }\n")
    html = client.get("/differences/").text
    assert "Memory of the optimized form ÷ naive, at the most" in html
    assert "0.9" in html


@pytest.mark.parametrize(
    ("saves", "said"),
    [
        ("rows = 0.5\ntime = 0.5", "saves rows and time"),
        ("rows = 0.5\ntime = 0.5\nmemory = 0.5", "saves rows, time and memory"),
        ('correctness = "Names."', "corrects the rows"),
        ('time = 0.5\ncorrectness = "Names."', "saves time, corrects the rows"),
    ],
)
def test_list_of_lessons_says_what_is_saved(course, client, saves, said):
    course.change("lesson.toml", "1000 = 1\n", "1000 = 1001\n")
    course.add("lesson.toml", f"\n[saves]\n{saves}\n")
    assert f'<span class="entry-counts optimized">{said}</span>' in client.get("/").text


def test_list_of_lessons_shows_queries_where_fewer_are_run(course, client):
    course.add("lesson.toml", "\n[saves]\nfields = 0.9\n")
    assert '<span class="naive">1,001</span>' in client.get("/").text
