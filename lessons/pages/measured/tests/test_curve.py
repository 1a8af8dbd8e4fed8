import html
import json
import re
from datetime import timedelta

import pytest

from lab.recording.bounds import Bounds
from lab.running import runner
from lessons.measured import scaling
from lessons.pages.challenge import built

pytestmark = pytest.mark.once

PAGE = "/lessons/a_track/a_lesson/curve/"


@pytest.fixture
def stopping(monkeypatch):
    """Stop runs after 30 queries."""
    monkeypatch.setattr(runner, "Bounds", lambda: Bounds(queries=30))


@pytest.fixture
def built_charts(monkeypatch):
    monkeypatch.setattr(built.finders, "find", {"build/curve.js": "/somewhere/curve.js"}.get)
    monkeypatch.setattr(built.staticfiles_storage, "url", lambda name: f"/static/{name}")


def table(text):
    """{title of a group: its rows, as lists of texts}."""
    groups = re.findall(r'scope="rowgroup"[^>]*>(.*?)</th>(.*?)</tbody>', text, re.DOTALL)
    return {
        title: [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows.split("</tr>")[1:-1]]
        for title, rows in groups
    }


def charts(text):
    return [json.loads(data) for data in re.findall(r'<script type="application/json">(.*?)</script>', text)]


def growth(text):
    return re.search(r'<p class="growth"[^>]*>(.*?)</p>', text)[1]


def test_table_has_both_variants_on_every_shelf_and_their_ratio(get):
    groups = table(get())
    assert list(groups) == ["Naive", "Optimized", "Naive ÷ Optimized"]
    assert [row[:3] for row in groups["Naive"]] == [
        ["10", "11", "20"],
        ["37", "38", "74"],
        ["100", "101", "200"],
        ["1,000", "1,001", "2,000"],
    ]
    assert [row[:2] for row in groups["Optimized"]] == [["10", "1"], ["37", "1"], ["100", "1"], ["1,000", "1"]]
    assert [row[:3] for row in groups["Naive ÷ Optimized"]][3] == ["1,000", "×1,001", "×2.00"]


def test_growth_is_told_from_the_numbers(get):
    told = growth(get())
    assert "From 10 to 1,000 books, Naive goes from 11 to 1,001 queries; Optimized stays at 1 query." in told
    assert re.search(r"At 1,000 books, Naive takes [\d.,]+ ms, Optimized [\d.]+ ms \(×[\d.]+\)\.$", told)


def test_curve_is_a_tab_and_keeps_the_shelf(get):
    text = get("?books=1000")
    assert re.search(r'id="show-curve"[^>]*aria-current="page">The curve<', text)
    assert 'href="/lessons/a_track/a_lesson/naive/?books=1000"' in text
    assert 'aria-label="Books on the shelf"' not in text


def test_measured_once_and_labelled_with_when(get, monkeypatch):
    first = get()
    when = re.search(r"Measured at (\d\d:\d\d:\d\d) \(UTC\), just now\.", first)[1]
    now = scaling.timezone.now()
    monkeypatch.setattr(scaling.timezone, "now", lambda: now + timedelta(seconds=42))
    later = get()
    assert re.search(rf"Measured at {when} \(UTC\), 4[12] seconds ago\.", later)
    assert table(later) == table(first)


def test_measure_again(get):
    first = get()
    url = html.unescape(re.search(r'id="measure" class="measure" href="([^"]*)"', first)[1])
    again = get(url.removeprefix(PAGE))
    assert "measure=1" in url
    assert "just now" in again
    assert table(again) != table(first)  # the times are others


def test_round_trip_is_computed_from_the_same_measurement(get, built_charts):
    without, with_trip = get(), get("?latency=2")
    rows, computed = table(without)["Naive"], table(with_trip)["Naive"]
    assert [row[:-1] for row in computed] == rows
    assert "computed with 2 ms" in with_trip
    assert "computed" not in without
    measured_ms, computed_ms = (charts(text)[1]["lines"][0]["finished"] for text in (without, with_trip))
    for before, after, queries in zip(measured_ms, computed_ms, [11, 38, 101, 1_001], strict=True):
        assert after == pytest.approx(before + 2 * queries)
    assert re.search(
        r"With a round trip of 2 ms for every query Naive would take [2-9],\d\d\d ms", growth(with_trip)
    )
    assert re.search(r'href="[^"]*latency=2[^"]*"[^>]*aria-current="page">2<', with_trip)


@pytest.mark.parametrize("latency", ["1", "-2", "2.0", "many", ""])
def test_round_trip_that_is_not_offered(get, latency):
    assert "There are: 0, 0.5, 2, 20." in get(f"?latency={latency}", status=400)


def test_stopped_shelf_is_shown_as_stopped(get, stopping, built_charts):
    text = get()
    stopped, why, *not_run = table(text)["Naive"][1:]
    assert stopped[:2] == ["37", "≥ 30"]
    assert why[1] == "stopped after 30 statements; recorded until then"
    assert not_run == [[books, "not run: a smaller shelf was stopped already"] for books in ("100", "1,000")]
    assert [row[:2] for row in table(text)["Naive ÷ Optimized"]] == [["10", "×11.0"], ["37", "≥ ×30.0"]]
    line = charts(text)[0]["lines"][0]
    assert line["finished"] == [11, None, None, None]
    assert line["unfinished"] == [None, 30, None, None]
    assert line["texts"] == ["11", "at least 30", "not run", "not run"]
    assert "Naive: 11 at 10, at least 30 at 37, not run at 100, not run at 1,000." in text
    assert "At 10 books, Naive runs 11 queries. From 10 to 1,000 books, Optimized stays at 1 query." in text
    assert "At 37 books, Naive was stopped after 30 statements." in growth(text)


def test_raised_error_is_told_once(course, get, built_charts):
    course.write("naive.py", "from library.models import Book\n\n\ndef run():\n    Book.objects.get(pk=0)\n")
    text = get()
    rows = table(text)["Naive"]
    assert [row[:2] for row in rows[:4]] == [[books, "≥ 1"] for books in ("10", "37", "100", "1,000")]
    assert rows[4:] == [["", "DoesNotExist: Book matching query does not exist; recorded until then"]]
    assert "On every shelf, Naive ends in DoesNotExist." in growth(text)
    assert list(table(text)) == ["Naive", "Optimized"]
    assert charts(text)[0]["lines"][0]["finished"] == [None] * 4


def test_unavailable_variant_says_what_it_needs(course, get, built_charts):
    course.change(
        "lesson.toml",
        "[variants.optimized.queries]",
        '[variants.optimized]\ndjango = ">=99"\n[variants.optimized.queries]',
    )
    text = get()
    assert text.count("Optimized needs Django &gt;=99") == 1
    assert list(table(text)) == ["Naive"]
    assert [line["name"] for line in charts(text)[0]["lines"]] == ["Naive"]


def test_third_variant_can_take_a_place(course, get, built_charts):
    course.write("third.py", "def run():\n    return []\n")
    counts = "".join(f"{books} = 0\n" for books in (10, 100, 1000))
    course.add("lesson.toml", f'\n[variants.third]\ntitle = "The third"\n[variants.third.queries]\n{counts}')
    assert re.search(r'id="pair-third" href="[^"]*right=third[^"]*"', get())
    text = get("?right=third&latency=20")
    assert list(table(text)) == ["Naive", "The third", "Naive ÷ The third"]
    assert table(text)["Naive ÷ The third"][0][1] == "–"
    assert charts(text)[0]["lines"][1]["finished"] == [None] * 4
    assert "A logarithmic axis has no place for 0." in text
    assert "latency=20" in re.search(r'id="pair-optimized" href="([^"]*)"', text)[1]


def test_naive_is_warm_on_either_side(get, built_charts):
    for query in ("", "?left=optimized&right=naive"):
        lines = charts(get(query))[0]["lines"]
        assert {line["name"]: line["accent"] for line in lines} == {"Naive": "naive", "Optimized": "optimized"}


def test_unknown_variant_is_not_found(get):
    assert "It has: naive, optimized." in get("?right=none", status=400)


def test_htmx_gets_the_part_with_its_script(get, built_charts):
    text = get(HX_Request="true")
    assert text.lstrip().startswith("<title>The curve: Titles")
    assert "<html" not in text
    assert '<script type="module" src="/static/build/curve.js">' in text


def test_without_the_build_it_says_what_to_type(get, monkeypatch):
    monkeypatch.setattr(built.finders, "find", lambda name: None)
    text = get()
    assert "<code>npm ci</code> and <code>npm run build</code>" in text
    assert "log-chart" not in text
    assert table(text)["Naive"][0][:2] == ["10", "11"]


def test_build_that_was_not_collected_counts_as_none(monkeypatch):
    monkeypatch.setattr(built.finders, "find", lambda name: f"/somewhere/{name}")
    assert built.built("build/uncollected.js") == ""
