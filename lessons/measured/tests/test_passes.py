from time import monotonic, sleep

import pytest

from lab import leaving
from lab.engines.tests.leftovers import leftovers
from lab.exceptions import Left
from lab.running import slot
from lessons.course.reading import read_lesson
from lessons.measured import passes
from lessons.measured.passes import PassFailed, fields_of, memory_of, unread
from lessons.runs.shelved import ShelvedLesson


@pytest.fixture
def lesson(course):
    return lambda: read_lesson(course.folder)


def test_memory_is_measured_in_a_child_process(lesson, engine_shelves):
    shelf = engine_shelves[100]
    memory = memory_of(ShelvedLesson(lesson=lesson(), shelf=shelf), lesson().variant("naive"))
    assert memory.peak >= memory.python > 10_000


def test_fields_are_measured_in_a_child_process(lesson, shelf):
    uses = {
        (use.model, use.field): use
        for use in fields_of(ShelvedLesson(lesson=lesson(), shelf=shelf), lesson().variant("optimized"))
    }
    assert uses["Book", "title"].read == 10
    assert uses["Author", "bio"].unread == 10
    assert unread(uses.values()) == sum(use.fetched - use.read for use in uses.values())


def test_child_process_prepares_as_the_lesson_says(course, lesson, shelf):
    course.write(
        "setup.py", "from library.models import Book\n\n\ndef setup():\n    Book.objects.update(title='x')\n"
    )
    course.write(
        "naive.py",
        "from library.models import Book\n\n\ndef run():\n    assert Book.objects.get(pk=1).title == 'x'\n    yield 1\n",
    )
    assert memory_of(ShelvedLesson(lesson=lesson(), shelf=shelf), lesson().variant("naive")).python > 0


def test_variant_may_print(course, lesson, shelf):
    course.write("naive.py", "def run():\n    print('on the way')\n    yield 1\n")
    assert memory_of(ShelvedLesson(lesson=lesson(), shelf=shelf), lesson().variant("naive")).python > 0


def test_lab_error_of_the_child_is_told(lesson, shelf, course):
    course.write("setup.py", "def setup():\n    raise ValueError('no paper')\n")
    with pytest.raises(PassFailed, match="The lesson’s setup fails: ValueError: no paper"):
        memory_of(ShelvedLesson(lesson=lesson(), shelf=shelf), lesson().variant("naive"))


def test_error_of_the_child_is_told(lesson, shelf, course):
    course.write("naive.py", "def run():\n    raise ValueError('no ink')\n")
    with pytest.raises(PassFailed, match=r"Measuring the memory failed in its child process: ValueError: no ink"):
        memory_of(ShelvedLesson(lesson=lesson(), shelf=shelf), lesson().variant("naive"))


def test_child_that_takes_too_long_is_ended(lesson, shelf, course, monkeypatch):
    monkeypatch.setattr(passes, "_SECONDS", 0.01)
    with pytest.raises(PassFailed, match="took longer than"):
        fields_of(ShelvedLesson(lesson=lesson(), shelf=shelf), lesson().variant("naive"))


def test_child_is_ended_when_the_reader_leaves(lesson, engine, engine_shelves, course, tmp_path):
    begun = tmp_path / "begun"
    course.change("lesson.toml", "ordered = true", 'ordered = true\naccess = "write"')
    course.write(
        "naive.py",
        "from pathlib import Path\nfrom library.models import Book\n\n\ndef run():\n"
        f"    Path({str(begun)!r}).touch()\n    while True:\n        Book.objects.get(pk=1)\n",
    )
    shelved = ShelvedLesson(lesson=lesson(), shelf=engine_shelves[10])
    started = monotonic()
    with leaving.calling(begun.exists), pytest.raises(Left):
        memory_of(shelved, shelved.lesson.variant("naive"))
    assert monotonic() - started < passes._SECONDS / 2
    assert leftovers(engine) == []
    with slot.slot():  # which is free again
        pass


def test_child_that_goes_on_is_killed_when_the_reader_leaves(lesson, shelf, course, tmp_path):
    begun, ended = tmp_path / "begun", tmp_path / "ended"
    course.write(
        "naive.py",
        "from pathlib import Path\nfrom time import sleep\n\n\ndef run():\n"
        f"    Path({str(begun)!r}).touch()\n    sleep({passes._GRACE + 4})\n    Path({str(ended)!r}).touch()\n",
    )
    shelved = ShelvedLesson(lesson=lesson(), shelf=shelf)
    with leaving.calling(begun.exists), pytest.raises(Left):
        memory_of(shelved, shelved.lesson.variant("naive"))
    sleep(passes._GRACE + 4)
    assert not ended.exists()
