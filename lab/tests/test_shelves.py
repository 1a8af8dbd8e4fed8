import inspect
import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.db import connections

from lab.engines import get_engine
from lab.engines.scratch import sweep
from lab.shelves import Shelf, fingerprint
from lab.signals import shelf_opened
from library import rows, seeding, words


@pytest.fixture
def extra(shelves):
    """A shelf of 3 books that the test may spoil."""
    shelf = Shelf(books=3)
    shelf.build()
    yield shelf
    shelf.engine.drop(3)


def test_shelf_remembers_its_seed(extra):
    assert extra.is_current()
    assert extra.is_current(seeding.SEED)
    assert not extra.is_current(8)
    extra.build(seed=8)
    assert extra.seed() == 8


@pytest.mark.parametrize("module", [seeding, rows, words])
def test_what_rows_are_made_of_makes_shelves_stale(monkeypatch, module):
    before, source_of = fingerprint(), inspect.getsource
    monkeypatch.setattr(inspect, "getsource", lambda asked: source_of(asked) + "#" * (asked is module))
    assert fingerprint.__wrapped__() != before


def test_open_announces_the_shelf(shelf):
    heard = []

    def hear(**kwargs):
        heard.append(kwargs)

    shelf_opened.connect(hear)
    before = connections["default"]
    with shelf.open(recorded=True) as connection:
        assert connections["default"] is connection
    shelf_opened.disconnect(hear)
    assert [(h["connection"], h["replaced"], h["recorded"]) for h in heard] == [(connection, before, True)]
    assert connections["default"] is before


def test_open_ends_with_an_error_as_without(shelf):
    before = connections["default"]
    with pytest.raises(ZeroDivisionError), shelf.open():
        raise ZeroDivisionError
    assert connections["default"] is before


def test_copies_of_a_killed_process_are_swept(shelf, tmp_path):
    code = f"""
        import os, signal
        from lab.engines.scratch import scratch_folder
        folder = scratch_folder({str(tmp_path)!r})
        (folder / "copy.sqlite3").write_text("left")
        print("made", flush=True)
        signal.pause()
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "made\n"
    assert sweep(tmp_path) == []  # it lives
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert len(sweep(tmp_path)) == 1
    assert list(tmp_path.iterdir()) == []


def test_killed_run_leaves_no_copy_after_the_next_start(tmp_path):
    started = """
        import signal, sys, django
        django.setup()
        from lab.shelves import Shelf
        shelf = Shelf(books=3)
        if sys.argv[1] == "first":
            shelf.build()
            with shelf.open("write") as connection:
                connection.cursor().execute("DELETE FROM library_review")
                print("writing", flush=True)
                signal.pause()
        print(*sorted(path.name for path in shelf.engine.folder.rglob("*.sqlite3")))
    """
    command = [sys.executable, "-c", textwrap.dedent(started)]
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    first = subprocess.Popen([*command, "first"], stdout=subprocess.PIPE, text=True, env=environment)
    assert first.stdout.readline() == "writing\n"
    assert len(list(tmp_path.glob("shelves/sqlite/scratch/*/*.sqlite3"))) == 1
    first.kill()
    first.communicate()
    second = subprocess.run([*command, "second"], stdout=subprocess.PIPE, text=True, env=environment, check=True)
    assert second.stdout == f"{get_engine()._path(3).name}\n"
