import re

import pytest

from lab.recording.bounds import Bounds
from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.course.reading import read_lesson
from lessons.pages.tests.markup import words
from lessons.runs.shelved import ShelvedLesson
from lessons.tests.landing import some_with

NAIVE = "/lessons/a_track/a_lesson/naive/"
# Each on one of its engines, in turn: a trace is Django's doing, and hardly theirs.
TRACED = some_with(
    (lesson, lesson.engines[n % len(lesson.engines)])
    for n, lesson in enumerate(each for each in get_catalog().lessons if each.kind is Kind.RUNS)
)
READING = """\
from library.models import Author


def run():
    authors = Author.objects.prefetch_related("books")
    for author in authors:
        yield author.name, author.books.count()
    for _ in range(2):
        yield "in all", [author.country.name for author in authors]
"""


@pytest.mark.parametrize(("lesson", "engine"), TRACED, indirect=["engine"])
def test_trace_has_every_query_of_the_lesson(lesson, engine, engine_shelves):
    for variant in lesson.variants:
        report = ShelvedLesson(lesson=lesson, shelf=engine_shelves[10]).record(variant)
        if report.status != "unavailable":  # under this Django
            accesses = ShelvedLesson(lesson=lesson, shelf=engine_shelves[10]).accesses(variant)
            assert sum(access.queries for access in accesses) == report.queries
            logged = {group.index for group in report.groups if group.is_query}
            assert {index for access in accesses for index in access.statements} == logged


@pytest.fixture
def traced(course):
    course.change("lesson.toml", "ordered = true", "ordered = true\ntrace = true")
    course.write("naive.py", READING)
    return course


def entries(page):
    """Return [(id, data-statements, text)] of the list."""
    section = re.search(r'<section class="trace".*?</section>', page, re.DOTALL)[0]
    found = re.findall(r'<li id="(a\d+)" data-statements="([^"]*)">(.*?)</li>', section, re.DOTALL)
    return [(id_, keys, words(text)) for id_, keys, text in found]


def test_page_lists_every_access_in_order(traced, shelves, client):
    page = client.get(NAIVE, {"books": 10}).content.decode()
    assert "6 of 18 accesses asked the database" in page
    assert entries(page) == [
        ("a1", "a1 1 2", "×1 authors iteration, naive.py line 6 database 2 queries: SELECT … author, SELECT … book"),
        ("a2", "a2", "×5 author.books.count() count(), naive.py line 7 prefetch cache"),
        ("a7", "a7", "×2 authors iteration, naive.py line 9 result cache"),
        ("a8", "a8 3", "×5 author.country foreign key access, naive.py line 9 database 5 queries: SELECT … country"),
        ("a14", "a14", "×5 author.country foreign key access, naive.py line 9 instance"),
    ]  # fmt: skip


def test_page_marks_in_the_code_who_answers(traced, shelves, client):
    page = client.get(NAIVE, {"books": 10}).content.decode()
    marks = re.findall(r'<mark( class="\w+")? data-statements="([^"]*)">(.*?)</mark>', page)
    assert [(css, keys, re.sub("<[^>]*>", "", text)) for css, keys, text in marks] == [
        ("", "1 2", "authors"),
        (' class="unasked"', "a2", "author.books.count()"),
        (' class="both"', "3 a14", "author.country"),
        (' class="unasked"', "a7", "authors"),
    ]
    assert '<li id="naivepy-7" data-statements="a2">' in page
    assert '<li id="naivepy-9" data-statements="3 a7 a14">' in page


def test_links_of_the_list_lead_somewhere(traced, shelves, client):
    page = client.get(NAIVE, {"books": 10}).content.decode()
    section = re.search(r'<section class="trace".*?</section>', page, re.DOTALL)[0]
    anchors = set(re.findall(r'href="#([^"]*)"', section))
    assert {"s1", "s2", "s3", "naivepy-6", "naivepy-7", "naivepy-9"} == anchors
    assert anchors <= set(re.findall(r'id="([^"]*)"', page))


def test_page_says_why_there_is_no_trace(traced, shelves, client, monkeypatch):
    really = ShelvedLesson.accesses
    bounds = Bounds(queries=3)
    monkeypatch.setattr(ShelvedLesson, "accesses", lambda *args: really(*args, bounds=bounds))
    page = client.get(NAIVE, {"books": 10}).content.decode()
    assert "The traced run was stopped after 3 statements. A smaller shelf may get to the end." in page
    assert "accesses asked" not in page
    assert '<dd class="naive">7</dd>' in page


def test_page_of_a_run_that_asks_nothing(traced, shelves, client):
    traced.write("naive.py", "def run():\n    return [1]\n")
    page = client.get(NAIVE, {"books": 10}).content.decode()
    assert "0 of 0 accesses asked the database" in page
    assert "No queryset and no relation was asked." in page


@pytest.mark.parametrize("source", ["def run():\n    1 / 0\n", "def run():\n    return list(Nothing)\n"])
def test_run_that_fails_has_no_trace(traced, shelves, client, source):
    traced.write("naive.py", source)
    assert 'class="trace"' not in client.get(NAIVE, {"books": 10}).content.decode()


@pytest.mark.parametrize("page", ["compare/", "engines/", "curve/"])
def test_trace_is_the_variant_pages_alone(traced, shelves, client, page, monkeypatch):
    monkeypatch.setattr(ShelvedLesson, "accesses", None)
    assert client.get(f"/lessons/a_track/a_lesson/{page}", {"books": 10}).status_code == 200


def test_lesson_says_whether_it_is_traced(course, shelves, client):
    assert not read_lesson(course.folder).trace
    assert 'class="trace"' not in client.get(NAIVE, {"books": 10}).content.decode()
    course.change("lesson.toml", "ordered = true", "ordered = true\ntrace = true")
    assert read_lesson(course.folder).trace
