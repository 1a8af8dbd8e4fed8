import sys

import pytest

from lab.running import memory
from lab.running.memory import Memory, measure_memory
from library.models import Book

MEGABYTE = 1_000_000


def all_at_once():
    for book in Book.objects.all():
        yield book.title


def in_chunks():
    for book in Book.objects.iterator(chunk_size=50):
        yield book.title


def peak_of(function, shelf):
    return measure_memory(function, shelf=shelf).python


def test_memory_of_rows_held_and_of_rows_let_go(shelves):
    assert peak_of(in_chunks, shelves[1_000]) < peak_of(all_at_once, shelves[1_000]) / 3


def test_rows_are_let_go_as_they_come(shelf):
    assert peak_of(lambda: (str(number) * MEGABYTE for number in range(9)), shelf) < 5 * MEGABYTE


def test_drivers_buffer_shows_on_mariadb_alone(engine, engine_shelves):
    ratio = peak_of(in_chunks, engine_shelves[1_000]) / peak_of(all_at_once, engine_shelves[1_000])
    assert ratio > 0.5 if engine.name == "mysql" else ratio < 0.5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's peak and resets it")
def test_memory_outside_of_python_counts(shelf):
    from ctypes import c_char

    def run():
        buffer = (c_char * (50 * MEGABYTE))()
        for place in range(0, len(buffer), 4096):
            buffer[place] = b"x"

    measured = measure_memory(run, shelf=shelf)
    assert measured.process > 45 * MEGABYTE
    assert measured.peak >= measured.process


def test_memory_of_an_earlier_run_does_not_count(shelf):
    measure_memory(lambda: ["x" * (30 * MEGABYTE)], shelf=shelf)
    assert measure_memory(lambda: ["x"], shelf=shelf).peak < 10 * MEGABYTE


def test_process_that_cannot_be_asked_leaves_pythons_figure(shelf, tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "_CLEAR_REFS", tmp_path / "none" / "clear_refs")
    measured = measure_memory(lambda: ["x" * MEGABYTE], shelf=shelf)
    assert measured == Memory(python=measured.python, process=None)
    assert measured.peak > MEGABYTE


def test_preparing_does_not_count(shelf):
    measured = measure_memory(lambda: ["x"], shelf=shelf, prepare=lambda: [b"x"] * (30 * MEGABYTE // 8))
    assert measured.python < 10 * MEGABYTE
