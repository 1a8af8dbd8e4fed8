"""A lesson with a setup.py, from its folder to its pages."""

import pytest

from lab.engines.tests.leftovers import leftovers
from lab.running.runner import measure
from lab.shelves import READ, WRITE
from lessons.course.reading import read_lesson
from lessons.proof.proof import prove
from library.models import Book

SETUP = """\
from django.db import models

from library.models import Book


class Draft(models.Model):
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    text = models.CharField(max_length=20)


def setup():
    Draft.objects.bulk_create(Draft(book=book, text="…") for book in Book.objects.all())
"""
VARIANT = """\
from setup import Draft


def run():
    for draft in Draft.objects.order_by("pk"){fix}:
        yield draft.text, draft.book.title
"""
CLAIM = """\
from setup import Draft


def it_is_prepared(log):
    \"\"\"There is a draft of every book.\"\"\"
    return Draft.objects.filter(book__isnull=False).exists() and len(log) == 1
"""
CAPTION = "<figcaption>setup.py: setup() is run first, on a copy of the shelf, and not counted"
URL = "/lessons/a_track/a_lesson"


@pytest.fixture
def drafts(course):
    course.write("setup.py", SETUP)
    course.write("naive.py", VARIANT.format(fix=""))
    course.write("optimized.py", VARIANT.format(fix='.select_related("book")'))
    course.write("claims.py", CLAIM)
    course.add("lesson.toml", '\n[claims.it_is_prepared]\nid = "C01"\nexpect = true\ntruth = "There is."\n')
    return read_lesson(course.folder)


def test_prepared_lesson_is_proved(drafts, engine, engine_shelves):
    before = engine.checksum(100)
    proof = prove(drafts, [engine_shelves[10], engine_shelves[100]])
    assert [str(fault) for fault in proof.faults] == []
    assert proof.unproved == []
    assert engine.checksum(100) == before


@pytest.mark.parametrize("access", [READ, WRITE])
def test_setup_runs_once_for_many_measured_runs(drafts, engine, engine_shelves, access):
    shelf, calls, found = engine_shelves[10], [], []

    def prepare():
        calls.append(1)
        Book.objects.filter(pk=1).update(stock=77)

    def run():
        found.append(Book.objects.get(pk=1).stock)
        if access == WRITE:
            Book.objects.filter(pk=1).update(stock=78)
        return found

    measure(run, shelf=shelf, access=access, prepare=prepare, runs=3)
    assert len(calls) == 1
    with shelf.copy(prepare=prepare) as template:
        for _ in range(2):
            measure(run, shelf=shelf, access=access, prepare=prepare, template=template, runs=1)
        assert len(calls) == 2
        with shelf.open(template=template):
            run_alone = Book.objects.get(pk=1).stock
    assert [*found, run_alone] == [77] * 9  # no run has met another's rows
    assert leftovers(engine) == []


@pytest.mark.parametrize("page", ["naive/", "naive/?measure=1", "compare/", "curve/", "naive/plan/2/", "claims/"])
def test_every_page_is_prepared(drafts, shelves, client, page):
    response = client.get(f"{URL}/{page}", {} if "?" in page else {"books": 10})
    assert response.status_code == 200
    assert "no such table" not in response.text


def test_page_shows_what_was_prepared(drafts, shelves, client):
    html = client.get(f"{URL}/naive/", {"books": 10}).text
    assert f"{CAPTION}</figcaption>" in html
    assert '<dd class="naive">11</dd>' in html
    assert "INSERT" not in html


CALLED = {
    "a function": ("def titles():\n    return [draft.text for draft in Draft.objects.all()]\n", "titles()"),
    "a method of a model": (
        "def title(self):\n    return Book.objects.get(pk=self.book_id).title\n\n\nDraft.title = title\n",
        "[draft.title() for draft in Draft.objects.all()]",
    ),
    "a helper of setup()": (
        "def titles():\n    return list(Draft.objects.values_list('text'))\n",
        "[titles() and setup()]",
    ),
}


@pytest.mark.parametrize("called", CALLED)
def test_page_says_that_what_a_run_calls_in_setup_is_counted(course, drafts, shelves, client, called):
    function, call = CALLED[called]
    course.write("setup.py", f"{SETUP}\n\n{function}")
    course.write("naive.py", f"from setup import *\n\n\ndef run():\n    return {call}\n")
    course.change("lesson.toml", "ordered = true", 'ordered = true\naccess = "write"')
    html = client.get(f"{URL}/naive/", {"books": 10}).text
    panel = html[html.index(CAPTION) :]
    assert panel.startswith(f"{CAPTION}. What the run calls in this file is counted</figcaption>")
    assert " from this line</span></a>" in panel
    html = client.get(f"{URL}/optimized/", {"books": 10}).text
    assert f"{CAPTION}</figcaption>" in html


def test_setup_that_fails_is_told(course, drafts, shelves, client):
    course.write("setup.py", "def setup():\n    raise ValueError('no paper')\n")
    course.write("naive.py", "def run():\n    return [1]\n")
    response = client.get(f"{URL}/naive/", {"books": 10})
    assert response.status_code == 503
    assert "The lesson’s setup fails: ValueError: no paper" in response.text
