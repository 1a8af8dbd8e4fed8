import re

import pytest

from lab.plans import Node, Plan
from lessons.pages.runs.plan_bars import Scale, list_steps, make_scale
from lessons.pages.tests.addresses import NAIVE

OPTIMIZED = "/lessons/a_track/a_lesson/optimized/"


def plan(*nodes, vendor="postgresql", **more):
    return Plan(vendor=vendor, raw="", nodes=nodes, analyzed=True, **more)


def told(drawn):
    """[(label, rows, length, off)] of the first step."""
    first = list_steps(drawn, make_scale([drawn]))[0]
    return [(bar.label, bar.rows, bar.length, bar.off) for bar in first.bars]


def test_scale_has_a_mark_for_each_ten_times():
    scale = Scale(2)
    assert (scale.numbers, scale.marks) == ("1, 10, 100", ["33.33%", "66.67%"])
    assert [scale.length(rows) for rows in (0, 0.01, 1, 10, 100)] == ["0.00%", "0.00%", *scale.marks, "100.00%"]


@pytest.mark.parametrize(("most", "decades"), [(0, 1), (1, 1), (10, 1), (11, 2), (1_000, 3), (99_999, 5)])
def test_scale_is_as_long_as_the_most_rows(most, decades):
    few = Node(title="a", actual_rows=1, loops=1)
    assert make_scale([plan(few), plan(Node(title="b", actual_rows=most, loops=1))]).decades == decades
    assert (
        make_scale([plan(few), plan(Node(title="b", actual_rows=1, estimated_rows=most, loops=1))]).decades
        == decades
    )


def test_bars_are_of_all_loops():
    node = Node(title="Index Scan", actual_rows=2, estimated_rows=10, loops=100)
    assert told(plan(node)) == [
        ("Expected", "1,000 rows", "100.00%", ""),
        ("Gave", "about 200 rows", "82.53%", ""),
    ]


@pytest.mark.parametrize(
    "node", [Node(title="a", estimated_rows=5), Node(title="a", estimated_rows=5, actual_rows=0, loops=0)]
)
def test_rows_that_were_not_counted_are_not_drawn(node):
    assert told(plan(node)) == []


@pytest.mark.parametrize(
    ("given", "expected", "off"),
    [(1_000, 10, "100 times too few"), (10, 1_000, "100 times too many"), (0, 1_000, "far too many")],
)
def test_wrong_estimate_is_told_in_words(given, expected, off):
    node = Node(title="a", actual_rows=given, estimated_rows=expected, loops=1, misjudged=True)
    assert told(plan(node))[0][-1] == off


def test_mariadb_counts_what_a_table_reads():
    table = Node(title="ALL", table="book", actual_rows=10, loops=1)
    assert told(plan(table, vendor="mysql"))[0][:2] == ("Read", "10 rows")
    assert told(plan(Node(title="filesort", actual_rows=10, loops=1), vendor="mysql"))[0][:2] == (
        "Gave",
        "10 rows",
    )


def test_slowest_step_says_what_it_takes():
    nodes = (Node(title="Sort", own_ms=1.0), Node(title="Seq Scan", own_ms=8.25))
    steps = list_steps(plan(*nodes, figures=(("ms to execute", 10.0),)), None)
    assert [step.slow for step in steps] == ["", "8.25 of 10.0 ms"]


WRONG = """from library.models import Book
from django.db.models import F


def run():
    low = F("stock") - 100_000  # a third of all rows, says the planner of each condition
    list(Book.objects.filter(pages__gt=low, price__gt=low, author_id__gt=low))
    return list(Book.objects.values_list("title", "author__name"))
"""


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_page_draws_rows_and_marks_what_is_far_off(course, engine, engine_shelves, get):
    course.write("naive.py", WRONG)
    html = get(f"{NAIVE}plan/1/?engine=postgresql&books=1000")
    assert re.search(r'<strong class="off">\d+ times too few</strong>', html)
    assert "Each line across them stands for ten times the rows of the line before: 1, 10, 100, 1,000." in html
    assert re.search(r'<div class="expected">\s*<dt>Expected</dt>', html)
    assert re.search(r"<dt>Gave</dt>\s*<dd><svg .*?</svg> <span>1,000 rows</span>", html)


def test_page_of_sqlite_draws_no_rows(get):
    html = get(f"{OPTIMIZED}plan/1/?books=10")
    assert "step-rows" not in html
    assert "Bars show" not in html


def test_two_plans_say_what_changed_above_both(get):
    html = get(f"{NAIVE}plan/2/?books=10&beside=optimized.1")
    assert "What the second plan does otherwise:</span> It reads book." in html
    assert html.index("does otherwise") < html.index("<h2>")
    assert "does otherwise" not in get(f"{NAIVE}plan/2/?books=10")
    assert "does otherwise" not in get(f"{NAIVE}plan/2/?books=10&beside=optimized.9")


def test_same_statement_on_another_engine_says_what_changed(get, engine, engine_shelves):
    html = get(f"{OPTIMIZED}plan/1/?books=1000&beside=optimized.1.{engine.name}")
    assert ("The same steps." in html) is (engine.name == "sqlite")
    assert " rows read" not in html.partition("<h2>")[0]
