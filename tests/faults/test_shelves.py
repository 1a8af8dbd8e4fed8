"""A shelf that goes, comes, is cut short or is replaced while the site serves it."""

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import Client

from lab.engines.sqlite import SQLite
from lab.shelves import Shelf
from tests.faults.sites import READS, WRITES, shelf_name

COMMAND = "python manage.py seed_library --engine sqlite --books"
RACE = "/lessons/transactions/wallet_transfer/naive/?engine=sqlite"  # on the shelf of 10


@pytest.fixture
def shelves_of(data_dir, settings):
    """The folder of the shelves that the site has."""
    settings.DATA_DIR = data_dir
    return data_dir / "shelves" / "sqlite"


@pytest.fixture
def ask(shelves_of, client):
    """Asks for a page, which is answered with this status, and returns its text."""

    def ask(page, status=200):
        response = client.get(page)
        assert response.status_code == status, response.text
        assert status == 200 or "Retry-After" in response or status == 400
        return response.text

    return ask


@pytest.mark.parametrize(
    ("how", "told"),
    [
        (lambda path: path.unlink(), "SQLite has no shelf of 10 books."),
        (lambda path: os.truncate(path, 0), "The shelf of 10 books on SQLite is not whole."),
        (lambda path: os.truncate(path, 30_000), "The file of SQLite’s shelf of 10 books is damaged"),
        (lambda path: path.write_bytes(b"x" * 9000), "The file of SQLite’s shelf of 10 books is damaged"),
    ],
    ids=["removed", "emptied", "cut short", "overwritten"],
)
def test_broken_shelf_is_told_with_the_command_and_mended_without_a_restart(ask, shelves_of, how, told):
    ask(RACE)
    how(shelves_of / shelf_name(10))
    text = ask(RACE, 503)
    assert told in text
    assert f"{COMMAND} 10" in text
    ask(READS)  # on another shelf
    ask("/status/")
    Shelf(books=10).build()
    ask(RACE)


def test_shelf_of_a_size_that_appears_and_disappears(ask, shelves_of):
    page = READS.replace("100", "7")
    assert f"{COMMAND} 7" in ask(page, 400)
    Shelf(books=7).build()
    ask(page)
    (shelves_of / shelf_name(7)).unlink()
    ask(page, 400)


@pytest.mark.parametrize("page", [READS, WRITES])
def test_shelf_that_goes_between_two_looks(ask, shelves_of, monkeypatch, page):
    """As a person removes it who has not asked whether anybody reads."""
    looked = SQLite._existing

    def look_and_remove(self, books, *args):
        path = looked(self, books, *args)
        path.unlink()
        return path

    monkeypatch.setattr(SQLite, "_existing", look_and_remove)
    assert "SQLite has no shelf of " in ask(page, 503)


def test_all_shelves_removed_and_made_again(ask, shelves_of, tmp_path):
    ask(WRITES)
    aside = shutil.copytree(shelves_of, tmp_path / "aside", ignore=shutil.ignore_patterns("scratch"))
    shutil.rmtree(shelves_of)
    assert "SQLite has no shelves yet" in ask(WRITES, 503)
    shutil.copytree(aside, shelves_of)
    ask(WRITES)


def test_shelf_that_is_replaced_while_many_read_it(shelves_of, static_files):
    """By os.replace(), as a fresh seeding does: each run has the old one or the new one, whole."""
    page, stop, path = READS, threading.Event(), shelves_of / shelf_name(100)

    def replace():
        while not stop.wait(0.005):
            Path(shutil.copy(path, shelves_of / "made")).replace(path)

    def read(_):
        return [Client().get(page).status_code for _ in range(4)]

    replacing = threading.Thread(target=replace)
    replacing.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            statuses = [status for found in pool.map(read, range(4)) for status in found]
    finally:
        stop.set()
        replacing.join()
    assert set(statuses) <= {200, 503}
    assert 200 in statuses
    assert not Shelf(books=100).engine.is_damaged(100)
