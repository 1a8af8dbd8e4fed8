import html
import re

import pytest

from lessons.course.catalog import get_catalog
from lessons.measured import passes
from lessons.measured.passes import spans_of
from lessons.measured.spans import Span, Trace
from lessons.pages.measured import spans as page
from lessons.pages.measured.spans import _bars
from lessons.pages.tests.markup import words
from lessons.runs.shelved import ShelvedLesson

PAGE = "/lessons/a_track/a_lesson/spans/"
MS = 1_000_000


def span(start, duration, statement="SELECT 1 FROM library_book", **more):
    return Span(name="SELECT", start_ns=start * MS, duration_ns=duration * MS, statement=statement, **more)


def trace(*statements, took=100):
    return Trace(status=200, request=span(0, took, None), statements=statements)


@pytest.fixture
def traced(course):
    course.change("lesson.toml", "ordered = true", "ordered = true\nspans = true")
    return course


@pytest.fixture
def get(traced, get):
    def get_text(query="?books=10", **options):
        return " ".join(html.unescape(get(query, **options)).split())

    return get_text


@pytest.fixture
def drawn(monkeypatch):
    """Let the variants' traces be those given. Returns the books of each shelf that they are asked on."""

    def draw(**traces):
        asked = []

        def spans_of(shelved):
            asked.append(shelved.shelf.books)
            return traces

        monkeypatch.setattr(page, "spans_of", spans_of)
        return asked

    return draw


def rows(text, variant):
    """[(label, rectangles)] of a variant's table."""
    picture = re.search(rf'aria-labelledby="spans-{variant}">(.*?)</section>', text)[1]
    found = re.findall(r'<th role="rowheader"[^>]*>(.*?)</th>(.*?)</tr>', picture)
    return [(words(label), re.findall("<rect.*?/>", cells)) for label, cells in found]


def test_trace_is_that_of_a_real_request(traced, engine, engine_shelves):
    lesson = get_catalog().lesson("a_track/a_lesson")
    naive, optimized = spans_of(ShelvedLesson(lesson=lesson, shelf=engine_shelves[10])).values()
    assert (naive.status, naive.request.name) == (200, "GET naive/")
    assert [span.name for span in naive.statements] == ["SELECT"] * 11
    assert len({span.statement for span in naive.statements}) == 2
    assert "library_author" in naive.statements[1].statement
    assert len(optimized.statements) == 1
    for one in (naive, optimized):
        ends = [0, *(span.end_ns for span in one.statements), one.request.duration_ns]
        starts = [*(span.start_ns for span in one.statements), one.request.duration_ns]
        assert all(end <= start for end, start in zip(ends, starts, strict=False))


def test_trace_of_a_write_is_of_a_copy(traced, engine, engine_shelves):
    traced.change("lesson.toml", "ordered = true", 'ordered = true\naccess = "write"')
    traced.write(
        "naive.py",
        "from library.models import Book\n\n\ndef run():\n    yield Book.objects.update(stock=7)\n",
    )
    lesson = get_catalog().lesson("a_track/a_lesson")
    before = engine.checksum(10)
    made = spans_of(ShelvedLesson(lesson=lesson, shelf=engine_shelves[10]))["naive"]
    assert [span.name for span in made.statements] == ["UPDATE"]
    assert engine.checksum(10) == before


def test_server_side_cursor_of_postgresql_leaves_no_span(traced, engine, engine_shelves):
    traced.change("optimized.py", '.select_related("author")', '.select_related("author").iterator()')
    lesson = get_catalog().lesson("a_track/a_lesson")
    made = spans_of(ShelvedLesson(lesson=lesson, shelf=engine_shelves[10]))["optimized"]
    assert len(made.statements) == (0 if engine.name == "postgresql" else 1)


def test_error_of_a_variant_is_a_failed_request(traced, shelf):
    traced.write("naive.py", "from library.models import Book\n\n\ndef run():\n    Book.objects.get(pk=0)\n")
    lesson = get_catalog().lesson("a_track/a_lesson")
    made = spans_of(ShelvedLesson(lesson=lesson, shelf=shelf))["naive"]
    assert (made.status, made.request.failed, len(made.statements)) == (500, True, 1)


def test_nothing_is_instrumented_in_the_site_itself(get, monkeypatch):
    from sqlite3 import dbapi2

    from django.conf import settings

    connect, middleware = dbapi2.connect, list(settings.MIDDLEWARE)
    assert "11 spans" in get()
    assert dbapi2.connect is connect
    assert middleware == settings.MIDDLEWARE
    assert not any("opentelemetry" in name for name in middleware)


def test_both_requests_are_drawn_on_one_scale(get, drawn):
    drawn(naive=trace(span(10, 20), took=200), optimized=trace(span(10, 20), took=100))
    text = get()
    assert [label for label, _ in rows(text, "naive")] == ["SELECT", "SELECT … book"]
    assert rows(text, "naive")[1][1] == ['<rect x="5.000%" width="10.000%" height="100%" />']
    assert rows(text, "optimized")[1][1] == rows(text, "naive")[1][1]
    assert [bars for _, bars in (rows(text, "naive")[0], rows(text, "optimized")[0])] == [
        ['<rect x="0.000%" width="100.000%" height="100%" />'],
        ['<rect x="0.000%" width="50.000%" height="100%" />'],
    ]
    assert "took <b>200 ms</b>: 20.0 ms in <b>1 span</b> of a statement, 180 ms in none of them." in text
    assert "drawn on a scale of 200 ms" in text


def test_many_equal_spans_share_a_row(get, drawn):
    equal = [span(index, 0.5) for index in range(24)]
    other = span(50, 1, "SELECT 1 FROM library_author", failed=True)
    drawn(naive=trace(*equal, other), optimized=trace(*equal))
    text = get()
    assert [(label, len(bars)) for label, bars in rows(text, "naive")] == [
        ("SELECT", 1),
        ("SELECT … book ×24", 24),
        ("SELECT … author failed", 1),
    ]
    assert len(rows(text, "optimized")) == 25
    assert '<td role="cell"><span class="what" aria-hidden="true">takes</span> 12.0 <small>together' in text


def test_hundreds_are_drawn_as_strips_that_are_as_full_as_they_are():
    half = [span(index / 10, 0.05) for index in range(1000)]
    bars = _bars(half, 200 * MS)
    assert len(bars) == 100  # half of the scale is empty
    assert {bar.opacity for bar in bars} == {"0.50"}
    one = [Span(name="", start_ns=0, duration_ns=1)] * 101
    assert [(bar.x, bar.opacity) for bar in _bars(one, 400_000_000)] == [("0.000%", "0.30")]
    last = [span(100, 100)] * 101
    assert _bars(last, 200 * MS)[-1].x == "99.500%"


def test_traces_are_kept_for_a_while(get, drawn):
    asked = drawn(naive=trace(took=200), optimized=trace(took=100))
    get()
    assert asked == [10]
    assert "Measured at" in get()
    assert asked == [10]
    get("?books=10&measure=1")
    assert asked == [10, 10]


def test_variant_that_cannot_run_says_what_it_needs(traced, get, drawn):
    traced.change(
        "lesson.toml", "[variants.naive.queries]", '[variants.naive]\ndjango = ">=99"\n\n[variants.naive.queries]'
    )
    drawn(optimized=trace(span(0, 1)))
    text = get()
    assert "Naive needs Django >=99; this is Django" in text
    assert "drawn on a scale of 100 ms" in text


def test_htmx_gets_the_part_that_it_swaps(get, drawn):
    drawn(naive=trace(), optimized=trace())
    part = get(**{"HX-Request": "true"})
    assert part.startswith("<title>Spans: Titles")
    assert "<html" not in part


def test_lesson_without_spans_has_no_such_page(course, shelves, client):
    response = client.get(PAGE)
    assert response.status_code == 404
    assert "does not say `spans`" in response.text
    assert "/spans/" not in client.get("/lessons/a_track/a_lesson/naive/").text


def test_child_that_fails_is_told_in_words(get, monkeypatch):
    monkeypatch.setattr(passes, "_SECONDS", 0.01)
    assert "Measuring the spans took longer than" in get(status=503)
