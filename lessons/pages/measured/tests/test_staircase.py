import html
import re

import pytest

from lab.recording.bounds import Bounds
from lab.running import runner
from lessons.course.catalog import get_catalog
from lessons.measured import stairs as measured_stairs
from lessons.measured.stairs import Measurement
from lessons.pages.measured.bars import FIGURES, describe, make_bars
from lessons.runs.shelved import ShelvedLesson

pytestmark = pytest.mark.once

PAGE = "/lessons/a_track/a_lesson/staircase/"
TITLES = """\
from library.models import Book


def run():
    books = Book.objects.order_by("pk").select_related("author").only("title", "author__name")
    return [(book.title, book.author.name) for book in books]
"""


def declare(course, name, title, extra=""):
    counts = "10 = 1\n100 = 1\n1000 = 1\n"
    course.add(
        "lesson.toml", f'\n[variants.{name}]\ntitle = "{title}"\n{extra}\n[variants.{name}.queries]\n{counts}'
    )


@pytest.fixture
def stairs(course):
    """A course whose lesson has a third variant, of fewer cells."""
    course.write("fewer.py", TITLES)
    declare(course, "fewer", "Fewer columns")
    return course


@pytest.fixture
def rows():
    def read(text):
        """{title: [text of each figure], or how it ended}, from the top."""
        found = re.findall(
            r'<th role="rowheader".*?<a rel="nofollow" href="[^"]*">(.*?)</a>(.*?)</tr>', text, re.DOTALL
        )
        return {
            title: re.findall("<b>(.*?)</b>", cells) or " ".join(re.sub("<[^>]*>", " ", cells).split())
            for title, cells in found
        }

    return read


def bars(text, title):
    """[[(x, width) of each part] of each bar] of a row."""
    row = re.search(rf'rowheader"[^>]*><a [^>]*>{title}</a>(.*?)</tr>', text, re.DOTALL)[1]
    return [
        re.findall(r'<rect x="(.*?)" width="(.*?)"', bar) for bar in re.findall("<svg(.*?)</svg>", row, re.DOTALL)
    ]


def test_all_variants_stand_in_one_table_from_most_queries_to_fewest(stairs, get, rows):
    text = get("?books=100")
    found = rows(text)
    assert list(found) == ["Naive", "Fewer columns", "Optimized"]
    assert [figures[:3] for figures in found.values()] == [
        ["101", "200", "1,900"],
        ["1", "100", "500"],
        ["1", "100", "1,900"],
    ]
    assert 'aria-sort="descending">queries</th>' in text
    assert "Naive runs 101 queries, Optimized 1 query (×101)." in text
    assert "Each of them returns the same 100 rows." in text
    assert 'href="/lessons/a_track/a_lesson/fewer/?books=100">Fewer columns</a>' in text


def test_bars_are_relative_to_the_largest_of_their_figure(stairs, get):
    text = get("?books=100")
    queries, fetched, cells, time = bars(text, "Naive")
    assert [queries, fetched, cells] == [[("0.00%", "100.00%")]] * 3
    assert bars(text, "Fewer columns")[:3] == [
        [("0.00%", f"{100 / 101:.2f}%")],
        [("0.00%", "50.00%")],
        [("0.00%", f"{100 * 500 / 1900:.2f}%")],
    ]
    (start, database), (after, python) = [[float(value.rstrip("%")) for value in part] for part in time]
    assert start == 0
    assert after == pytest.approx(database, abs=0.01)
    assert database + python == pytest.approx(100, abs=0.02)


def test_time_is_split_into_database_and_python(stairs, get, rows):
    text = get("?books=10")
    total = float(rows(text)["Naive"][3])
    split = re.search(r"<small>([\d.]+) in the database, ([\d.]+) in Python</small>", text)
    assert float(split[1]) + float(split[2]) == pytest.approx(total, rel=0.02)  # three figures of each are shown
    assert f"medians of {measured_stairs.REPEATS} warm runs without the recorder" in " ".join(text.split())
    assert "recorded run)" not in text


def test_slow_variant_is_timed_by_its_recorded_run(stairs, get, monkeypatch):
    monkeypatch.setattr(measured_stairs, "QUICK", 0)
    monkeypatch.setattr(ShelvedLesson, "measure", None)  # not called
    text = " ".join(get().split())
    assert text.count("in Python (recorded run)</small>") == 3
    assert re.search(
        r"where a recorded run took more than [\d.]+ ms, opening the shelf included, they are its own\.", text
    )


@pytest.mark.parametrize(
    ("by", "order", "change"),
    [
        ("queries", ["Naive", "Fewer columns", "Optimized"], "Naive runs 101 queries, Optimized 1 query"),
        ("rows", ["Naive", "Fewer columns", "Optimized"], "Naive fetches 200 rows, Optimized 100 rows (×2.00)"),
        ("cells", ["Naive", "Optimized", "Fewer columns"], "Naive fetches 1,900 cells, Fewer columns 500 cells"),
        ("time", None, "ms"),
    ],
)
def test_stairs_go_down_by_what_is_asked_for(stairs, get, rows, by, order, change):
    text = get(f"?books=100&by={by}")
    times = [float(figures[3]) for figures in rows(text).values()]
    assert list(rows(text)) == order or times == sorted(times, reverse=True)
    assert change in re.search(r'<p class="growth"[^>]*>(.*?)</p>', text)[1]
    assert re.search(rf'id="by-{by}"[^>]*aria-current="page">{by}<', text)
    assert text.count("aria-sort") == 1


@pytest.mark.parametrize(
    ("saves", "by"), [("fields = 0.9", "cells"), ("time = 0.9", "time"), ("rows = 0.9", "rows"), ("", "queries")]
)
def test_stairs_go_down_by_what_the_lesson_saves(stairs, get, saves, by):
    stairs.add("lesson.toml", f"\n[saves]\n{saves}\n")
    assert re.search(rf'id="by-{by}"[^>]*aria-current="page"', get("?books=10"))


def test_unknown_figure_says_which_there_are(stairs, get):
    assert "There are: queries, rows, cells, time." in get("?by=beauty", status=400)


def test_links_keep_shelf_engine_and_order(stairs, get, shelves_at_hand):
    text = html.unescape(get("?books=10&by=cells"))
    assert f'href="{PAGE}?books=10&by=time"' in text
    assert f'href="{PAGE}?books=1000&by=cells"' in text
    assert f'href="{PAGE}?books=10&by=cells&measure=1"' in text
    assert f'href="{PAGE}?engine=postgresql&books=10&by=cells"' in text
    assert f'href="{PAGE}?books=1000"' in html.unescape(get("?books=10"))


def test_numbers_stay_while_the_order_changes_and_until_measured_again(stairs, get, rows):
    first = rows(get("?books=10"))
    assert rows(get("?books=10&by=cells")) == first
    assert "just now" in get("?books=10&measure=1")
    assert rows(get("?books=10")) != first  # the times are others


def test_same_figures_on_every_engine(stairs, engine, engine_shelves, get, rows):
    text = get(f"?engine={engine.name}&books=100")
    assert [figures[:3] for figures in rows(text).values()] == [
        ["101", "200", "1,900"],
        ["1", "100", "500"],
        ["1", "100", "1,900"],
    ]
    assert f"On {engine.label} {engine.version()} with 100 books." in text


def test_raised_error_is_told_without_bars_below_all_results(stairs, get, rows):
    stairs.write("naive.py", "from library.models import Book\n\n\ndef run():\n    Book.objects.get(pk=0)\n")
    stairs.write("optimized.py", "def run():\n    return [1]\n")
    text = get()
    assert list(rows(text)) == ["Fewer columns", "Optimized", "Naive"]
    assert rows(text)["Optimized"][:3] == ["0", "0", "0"]
    assert rows(text)["Naive"] == "DoesNotExist: Book matching query does not exist."
    assert bars(text, "Naive") == []


def test_declared_error_is_told_as_declared(stairs, get, rows):
    stairs.write("failing.py", "def run():\n    return [1 / 0]\n")
    declare(stairs, "failing", "Failing", 'raises = "ZeroDivisionError"')
    assert rows(get())["Failing"] == (
        "ZeroDivisionError: division by zero That is this variant’s outcome, as declared."
    )


def test_stopped_run_is_told_without_bars(stairs, get, rows, monkeypatch):
    monkeypatch.setattr(runner, "Bounds", lambda: Bounds(queries=30))
    assert rows(get("?books=100"))["Naive"] == "The run was stopped after 30 statements."


def test_unavailable_variant_says_what_it_needs(stairs, get, rows):
    stairs.write("tomorrow.py", "def run():\n    return []\n")
    declare(stairs, "tomorrow", "Of tomorrow", 'django = ">=99"')
    assert "Of tomorrow needs Django &gt;=99" in rows(get())["Of tomorrow"]


def test_nothing_to_compare_where_all_fail(stairs, get, rows):
    for name in ("naive.py", "optimized.py", "fewer.py"):
        stairs.write(name, "def run():\n    return [1 / 0]\n")
    text = get()
    assert list(rows(text).values()) == ["ZeroDivisionError: division by zero"] * 3
    assert 'class="growth"' not in text
    assert "Each of them" not in text


def test_different_rows_are_told_with_the_reason(stairs, get):
    stairs.write("fewer.py", "def run():\n    return [1]\n")
    html = get("?books=10")
    assert "They return different rows." in html
    shown = re.search(
        r"The first row that differs: <code>(.*?)</code> \((.*?)\) and <code>1</code> \((.*?)\)\.", html
    )
    assert shown[1].startswith("(")
    assert shown[3] != shown[2] != ""
    stairs.add("lesson.toml", '\n[saves]\ncorrectness = "One of them is wrong."\n')
    get_catalog.cache_clear()
    assert "They return different rows. One of them is wrong." in get("?books=10")


def test_htmx_gets_the_part_alone(stairs, get):
    text = get(HX_Request="true")
    assert text.lstrip().startswith("<title>The staircase: Titles")
    assert "<html" not in text


def test_page_obeys_its_own_policy(stairs, get):
    assert " style=" not in get("?books=10")


def test_two_variants_make_no_staircase(get):
    assert "this lesson has two variants" in get(status=404)


def _step(**figures):
    return Measurement(status="ok", **figures)


def test_bars_of_nothing_have_no_width():
    bare = _step()
    assert {part.width for bar in make_bars(bare, [bare]) for part in bar.parts} == {"0.00%"}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (_step(queries=3), _step(queries=3), "Each of them runs 3 queries."),
        (_step(queries=1), _step(queries=1), "Each of them runs 1 query."),
        (_step(queries=2), _step(), "One runs 2 queries, Other 0 queries."),
        (_step(queries=201), _step(queries=1), "One runs 201 queries, Other 1 query (×201)."),
    ],
)
def test_change_is_told_from_the_numbers(before, after, told):
    assert describe(FIGURES[0], ("One", before), ("Other", after)) == told
