from types import SimpleNamespace

import pytest

from lessons.course.reading import read_lesson
from lessons.proof.savings import saving
from lessons.runs.shelved import ShelvedLesson


def _shelved(course, shelf=None):
    return ShelvedLesson(lesson=read_lesson(course.folder), shelf=shelf)


@pytest.fixture
def timed(course, monkeypatch):
    """Let naive take 1 and optimized what `times` yields; returns (ratio, number of pairs)."""

    def timed(times, bound):
        times, measured = iter(times), []

        def measure(shelved, variant, *, runs, template):
            measured.append(variant.name)
            return SimpleNamespace(median=1 if variant.name == "naive" else next(times))

        monkeypatch.setattr(ShelvedLesson, "measure", measure)
        return saving("time", _shelved(course), None, bound), len(measured) // 2

    return timed


def test_clear_time_needs_few_pairs(timed):
    assert timed([0.5] * 101, 0.8) == (0.5, 11)
    assert timed([0.9] * 101, 0.8) == (0.9, 11)


def test_noisy_time_takes_more_pairs(timed):
    ratio, pairs = timed([0.5, 0.5, 0.5, 9] * 26, 0.8)
    assert ratio == 0.5
    assert 11 < pairs < 101


def test_time_that_noise_decides_ends(timed):
    assert timed([0.7, 0.9] * 51, 0.8) == (0.7, 101)


def test_fields_saved(course, shelf):
    optimized = "from library.models import Book\n\n\ndef run():\n    for book in Book.objects.only('title').order_by('pk'):\n        yield (book.title,)\n"
    course.write("naive.py", optimized.replace(".only('title')", ""))
    course.write("optimized.py", optimized)
    assert saving("fields", _shelved(course, shelf), None, 1) == pytest.approx(1 / 12)


def test_nothing_to_save_is_no_ratio(course, shelf):
    values = "from library.models import Book\n\n\ndef run():\n    yield from Book.objects.order_by('pk').values_list('title')\n"
    course.write("naive.py", values)
    assert saving("fields", _shelved(course, shelf), None, 1) is None
