import pytest

from lab.shelves import Shelf
from lessons.catalog import get_catalog
from lessons.contract import LessonError
from lessons.examining import examine_claim
from lessons.reading import read_lesson

ENDS = 'outcome.sqlite = { alice = "committed", bob = "committed", invariant = "kept" }'
TOML = """\
title = "At every level"
summary = "What each level lets through."
rule = "Know your level."
access = "write"
sessions = ["alice", "bob"]
matrix = ["lost", "waits", "refused", "undone"]
"""
VARIANT = """
[variants.{name}]
title = "{name}, a variant"
[[variants.{name}.races]]
title = "Both at once"
schedule = "{schedule}"
{ends}
"""
SCHEDULES = {
    "naive": "alice bob alice bob",
    "optimized": "alice bob alice bob",
    "lost": "alice bob alice bob",
    "waits": "alice bob alice bob",
    "refused": "alice bob alice bob alice bob",
    "undone": "alice alice bob bob",
}
READ_THEN_WRITE = """\
from library.models import Book


def add():
    book = Book.objects.only("stock").get(pk=1)
    book.stock += 1
    book.save(update_fields=["stock"])
"""
WRITE = """\
from django.db import transaction
from django.db.models import F

from library.models import Book


def add():
    with transaction.atomic():
        Book.objects.filter(pk=1).update(stock=F("stock") + 1)
"""
READ_THEN_WRITE_AT_ONCE = """\
from django.db import transaction

from library.models import Book


@transaction.atomic
def add():
    book = Book.objects.only("stock").get(pk=1)
    book.stock += 1
    book.save(update_fields=["stock"])
"""
UNDONE = WRITE + "        transaction.set_rollback(True)\n"
SOURCES = {
    "naive": READ_THEN_WRITE,
    "optimized": WRITE,
    "lost": READ_THEN_WRITE,
    "waits": WRITE,
    "refused": READ_THEN_WRITE_AT_ONCE,
    "undone": UNDONE,
}
SESSIONS = "\n\ndef alice():\n    add()\n    return 1\n\n\ndef bob():\n    add()\n    return 1\n"
RACE = '''\
from library.models import Book


def watch():
    return list(Book.objects.filter(pk=1).values("stock"))


def invariant(results):
    """No update is lost, but for those that were undone."""
    added, there = sum(filter(None, results.values())), Book.objects.get(pk=1).stock
    return there in (0, added), f"{added} added, {there} there."
'''
SETUP = """\
from library.models import Book


def setup():
    Book.objects.filter(pk=1).update(stock=0)
"""


@pytest.fixture
def matrix_course(course):
    """A course whose lesson has a matrix of four variants."""
    variants = [VARIANT.format(name=name, schedule=SCHEDULES[name], ends=ENDS) for name in SOURCES]
    course.write("lesson.toml", TOML + "".join(variants))
    for name, source in SOURCES.items():
        course.write(f"{name}.py", source + SESSIONS)
    course.write("race.py", RACE)
    course.write("setup.py", SETUP)
    return course


def test_matrix_is_read(matrix_course):
    assert read_lesson(matrix_course.folder).matrix == ("lost", "waits", "refused", "undone")


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        ('["lost", "found"]', "has found in `matrix`, which is no variant. Name a variant."),
        ('["lost", "waits", "lost"]', "has lost in `matrix` twice. Name each variant once."),
    ],
)
def test_fault_in_a_matrix_is_one_sentence_with_its_remedy(matrix_course, names, fault):
    matrix_course.change("lesson.toml", '["lost", "waits", "refused", "undone"]', names)
    with pytest.raises(LessonError) as raised:
        read_lesson(matrix_course.folder)
    assert str(raised.value) == f"a_track/a_lesson: {fault}"


def test_claim_knows_the_levels_of_its_engine(matrix_course, shelves):
    matrix_course.write("claims.py", 'def all_three(race):\n    """There are."""\n    return race.levels\n')
    matrix_course.add("lesson.toml", '\n[claims.all_three]\nid = "C77"\nexpect = true\ntruth = "Yes."\n')
    lesson = get_catalog().lesson("a_track/a_lesson")
    report = examine_claim(lesson, lesson.claims[0], Shelf(books=10))
    assert report.result == ("deferred", "immediate", "wal")
