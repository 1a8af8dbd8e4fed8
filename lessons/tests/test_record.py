"""`check_lessons --record` writes what is measured, and nothing else."""

import django
import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.once

LESSON = "a_track/a_lesson"
CLAIM = 'def so(log):\n    """It is so."""\n    return {}\n'
DEPENDS_ON_THE_ENGINE = """\
from django.db import connection

from library.models import Author, Book


def run():
    if connection.vendor == "mysql":
        Author.objects.count()
    for book in Book.objects.order_by("pk"):
        yield book.title, book.author.name
"""


@pytest.fixture
def record(course, shelves, capsys):
    """Record on SQLite, and return (lines that tell of changes, the lesson.toml)."""

    def record(*engines):
        call_command("check_lessons", LESSON, engine=engines or ["sqlite"], record=True)
        lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(f"{LESSON}: ")]
        call_command("check_lessons", LESSON, engine=engines or ["sqlite"])
        return [line.removeprefix(f"{LESSON}: ") for line in lines], (course.folder / "lesson.toml").read_text()

    return record


@pytest.fixture
def refused(course, shelves, capsys):
    """Try to record on SQLite, and return what is said; the lesson.toml is as it was."""

    def refused(**options):
        before = (course.folder / "lesson.toml").read_text()
        with pytest.raises(CommandError) as raised:
            call_command("check_lessons", LESSON, **{"engine": ["sqlite"], "record": True, **options})
        assert (course.folder / "lesson.toml").read_text() == before
        return [*capsys.readouterr().err.splitlines(), str(raised.value)]

    return refused


def test_what_is_right_is_left_alone(course, record):
    before = (course.folder / "lesson.toml").read_text()
    assert record() == (["nothing to record"], before)


def test_counts(course, record):
    before = (course.folder / "lesson.toml").read_text()
    course.change("lesson.toml", "100 = 101", "100 = 102")
    course.change("lesson.toml", "10 = 1\n", "")
    changes, after = record()
    assert changes == ["naive.queries 100: 102 → 101", "optimized.queries 10: – → 1"]
    assert sorted(after.splitlines()) == sorted(before.splitlines())


def test_counts_of_a_further_variant(course, record):
    course.write("third.py", (course.folder / "optimized.py").read_text())
    course.add("lesson.toml", '\n[variants.third]\ntitle = "Third"\n')
    changes, text = record()
    assert changes == [f"third.queries {books}: – → 1" for books in (10, 100, 1000)]
    assert 'title = "Third"\n\n[variants.third.queries]\n10 = 1\n' in text


def test_verdict(course, record):
    course.write("claims.py", CLAIM.format("True"))
    course.add("lesson.toml", '\n[claims.so]\ntruth = "It is."\n')
    assert record()[0] == ["claims.so expect: – → true"]
    course.write("claims.py", CLAIM.format('{"here": len(log) == 0, "there": False}'))
    changes, text = record()
    assert changes == [
        "claims.so expect here: – → true",
        "claims.so expect there: – → false",
        "claims.so expect: true → –",
    ]
    assert 'truth = "It is."\nexpect = { here = true, there = false }\n' in text


@pytest.mark.parametrize("others", [(), ("postgresql", "mysql")])
def test_verdict_of_this_django_leaves_that_of_the_other(course, record, shelves_everywhere, others):
    course.write("claims.py", CLAIM.format('{"here": False, "there": False}'))
    course.add("lesson.toml", '\n[claims.so]\ntruth = "It is."\nexpect = { here = true, there = false }\n')
    _, text = record("sqlite", *others)
    this = "django<6" if django.VERSION < (6,) else "django>=6"
    condition = this if others else f"sqlite, {this}"
    assert f'expect = {{ here = {{ default = true, "{condition}" = false }}, there = false }}\n' in text


def test_what_differs_from_engine_to_engine(course, record, shelves_everywhere):
    course.write("naive.py", DEPENDS_ON_THE_ENGINE)
    course.write("claims.py", CLAIM.format('__import__("django").db.connection.vendor == "mysql"'))
    course.add("lesson.toml", '\n[claims.so]\ntruth = "It is."\n')
    course.change("lesson.toml", "10 = 11\n100 = 101\n1000 = 1001\n", "")
    changes, text = record("sqlite", "postgresql", "mysql")
    assert "10 = 11\n100 = 101\n1000 = 1001\nmysql = { 10 = 12, 100 = 102, 1000 = 1002 }\n" in text
    assert "expect = { default = false, mysql = true }\n" in text
    assert record("sqlite", "postgresql") == (["nothing to record"], text)
    course.write(
        "naive.py",
        DEPENDS_ON_THE_ENGINE.replace("    for", "    Author.objects.count()\n    Book.objects.count()\n    for"),
    )
    changes, text = record("sqlite", "postgresql")
    assert changes == [
        "naive.queries 10: 11 → 13",
        "naive.queries 100: 101 → 103",
        "naive.queries 1000: 1001 → 1003",
    ]
    assert "mysql = { 10 = 12, 100 = 102, 1000 = 1002 }\n" in text


REFUSED = {
    "rows that differ": ('book.title, "?"', "naive and optimized at 10, 100 and 1,000 books on SQLite give different rows."),
    "an error": ("book.title, 1 / 0", "naive at 10, 100 and 1,000 books on SQLite raises ZeroDivisionError"),
    "what is not saved": ("book.title, book.author.name", "optimized on SQLite runs no fewer queries than naive."),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_no_matter_of_counting_is_refused(course, refused, why):
    row, fault = REFUSED[why]
    if why == "what is not saved":
        course.write("optimized.py", (course.folder / "naive.py").read_text())
    course.change("naive.py", "book.title, book.author.name", row)
    first, second, end = refused()
    assert first.startswith(f"✗ {LESSON}: {fault}")
    assert second.startswith(f"✗ {LESSON}: nothing was recorded.")
    assert end == "2 broken promises."


def test_claim_that_turns_out_otherwise_on_another_shelf_is_refused(course, refused):
    course.write("claims.py", CLAIM.format('__import__("library").models.Book.objects.count() > 10'))
    course.add("lesson.toml", '\n[claims.so]\ntruth = "It is."\n')
    first, *_ = refused()
    assert f"✗ {LESSON}: the claim so on SQLite turns out otherwise at 10 and 1,000 books." in first


def test_lesson_that_cannot_be_read_is_refused(course, refused):
    course.write("stray.txt", "")
    assert refused()[0].startswith(f"✗ {LESSON}: has a stray file, stray.txt.")


def test_other_sizes_are_refused(course, refused):
    assert refused(books=[10]) == ["Counts are recorded at the declared sizes. Leave --books out."]
