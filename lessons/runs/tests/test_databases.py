"""A lesson with a second database, from its folder to its pages."""

import pytest

from lessons.course.contract import LessonError
from lessons.course.reading import read_lesson
from lessons.proof.proof import prove
from lessons.tests.commands import output

VARIANT = """\
from library.models import Book


def run():
    book = Book.objects.get(pk=1)
    Book.objects.filter(pk=1).update(stock=book.stock + 1)
    again = Book.objects{using}.get(pk=1)
    yield {{"grown": again.stock - book.stock}}
"""
DECLARED = (
    'ordered = true\naccess = "write"\ndatabases = ["replica"]\ndiffers = "The replica knows nothing of it."'
)
PAGE = "/lessons/a_track/a_lesson/"


@pytest.fixture
def lesson(course):
    course.write("naive.py", VARIANT.format(using='.using("replica")'))
    course.write("optimized.py", VARIANT.format(using=""))
    course.change("lesson.toml", "ordered = true", DECLARED)
    for counts in ("10 = 11\n100 = 101\n1000 = 1001", "10 = 1\n100 = 1\n1000 = 1"):
        course.change("lesson.toml", counts, "10 = 3\n100 = 3\n1000 = 3")
    course.add("lesson.toml", '\n[saves]\ncorrectness = "A read after a write."\n')
    return read_lesson(course.folder)


def test_it_is_proved(lesson, engine_shelves):
    proof = prove(lesson, [engine_shelves[10], engine_shelves[100]])
    assert [str(fault) for fault in proof.faults] == []
    reports = {name: report.preview for (name, books), report in proof.reports.items() if books == 10}
    assert reports == {"naive": ({"grown": 0},), "optimized": ({"grown": 1},)}


def test_page_says_which_database_a_statement_asked(lesson, get):
    html = get("naive/?books=10")
    assert html.count('<span class="database">on replica</span>') == 1
    assert '<span class="database">' not in get("optimized/?books=10")
    assert "What the steps mean" in get("naive/plan/3/?books=10")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('access = "write"\n', "", "only reads"),
        ('"replica"', '"default"', "'default'"),
        ('"replica"', '"a copy"', "'a copy'"),
    ],
)
def test_database_that_cannot_be_is_refused(lesson, course, old, new, said):
    course.change("lesson.toml", old, new)
    with pytest.raises(LessonError, match=said):
        read_lesson(course.folder)


def test_sessions_have_it_too(race_course, get, capsys):
    for name in ("naive.py", "optimized.py"):
        race_course.add(name, "\n\ndef _of(replica):\n    return Book.objects.using(replica).get(pk=1)\n")
        race_course.change(name, 'return "sold"', 'return _of("replica").stock')
    race_course.add("lesson.toml", "")
    text = (race_course.folder / "lesson.toml").read_text()
    race_course.write("lesson.toml", f'databases = ["replica"]\n{text}')
    assert "<b>on replica</b>" in get("naive/")
    assert "on replica: " in output(capsys, "run_lesson", "a_track/a_lesson")
