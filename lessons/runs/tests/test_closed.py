"""What lessons do to the process ends with their runs."""

import pytest

from lab.running.tests.prints import differences, take_print
from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.course.reading import read_lesson
from lessons.runs.shelved import ShelvedLesson
from lessons.tests.landing import taken_now

COUNTING = """
from django.db.models import F
from django.db.models.signals import post_save
from django.dispatch import receiver

from library.models import Book, Customer, Review


@receiver(post_save, sender=Review)
def count_review(instance, **kwargs):
    Book.objects.filter(pk=instance.book_id).update(sales_count=F("sales_count") + 1)
"""
REVIEWING = """
from library.models import Book, Customer, Review


def run():
    book = Book.objects.order_by("pk")[0]
    for customer in Customer.objects.order_by("pk")[:3]:
        Review.objects.create(book=book, customer=customer, rating=5)
    return [1]
"""


@pytest.mark.parametrize("where", ["naive.py", "setup.py"])
def test_receiver_of_a_lesson_is_its_own_in_every_run(course, shelf, where):
    course.change("lesson.toml", "ordered = true", 'ordered = true\naccess = "write"')
    course.write("naive.py", REVIEWING)
    course.write("optimized.py", REVIEWING)
    course.write("setup.py", "def setup():\n    pass\n")
    course.write(where, COUNTING + (REVIEWING if where == "naive.py" else "\n\ndef setup():\n    pass\n"))
    shelved = ShelvedLesson(lesson=read_lesson(course.folder), shelf=shelf)
    naive, optimized = shelved.lesson.variants
    reports = [shelved.record(variant) for variant in (naive, optimized, naive, naive)]
    alone = 5 if where == "naive.py" else 8
    sent = [[(group.count, group.sql) for group in report.groups] for report in reports]
    assert [report.queries for report in reports] == [8, alone, 8, 8], sent


def _run(shelved):
    for variant in shelved.lesson.variants:
        if shelved.lesson.kind is Kind.RUNS:
            shelved.record(variant)
        for race in variant.races:
            shelved.race(variant, race.schedule)


def _examine(shelved):
    for claim in shelved.lesson.claims:
        shelved.examine(claim)


@pytest.mark.parametrize("what", [_run, _examine])
@pytest.mark.parametrize("which", [taken_now, pytest.param(list, marks=pytest.mark.soak)])
def test_nothing_of_any_lesson_survives_it(shelf, what, which):
    for _ in range(2):  # in the first round much is asked for the first time
        before = take_print()
        for lesson in which(get_catalog().lessons):
            what(ShelvedLesson(lesson=lesson, shelf=shelf))
    assert differences(before, take_print()) == []
