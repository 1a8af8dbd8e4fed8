"""A shelf whose file was damaged: whoever meets it is told which, and how to make it anew."""

import pytest
from django.core.management import call_command

from lab.exceptions import ShelfDamaged
from lab.race import Rules, run_race
from lab.recording.places import StackPlaces
from lab.running import runner
from lab.shelves import READ, WRITE, Shelf

pytestmark = pytest.mark.once

REMEDY = "shelf of 23 books is damaged .*Make it anew: python manage.py seed_library --engine sqlite --books 23"
DAMAGES = {
    "pages": lambda content: content[:8192] + b"\xff" * (len(content) - 8192),
    "cut short": lambda content: content[: len(content) // 3],
    "no database": lambda content: b"no database" * 1000,
}


def run():
    from library.models import Book, Review

    return [*Book.objects.values_list("pk"), *Review.objects.values_list("pk", "rating")]


@pytest.fixture(params=DAMAGES)
def damaged(request, databases, settings, tmp_path):
    """A shelf of 23 books with a damaged file, and a good one, in a data folder of their own."""
    settings.DATA_DIR = tmp_path
    for books in (5, 23):
        Shelf(books=books).build()
    shelf = Shelf(books=23)
    path = shelf.engine._path(23)
    path.write_bytes(DAMAGES[request.param](path.read_bytes()))
    return shelf


@pytest.mark.parametrize("access", [READ, WRITE])
def test_run_names_the_shelf(damaged, tmp_path, access):
    with pytest.raises(ShelfDamaged, match=REMEDY):
        runner.record(run, shelf=damaged, access=access, places=StackPlaces(tmp_path))


def test_measured_run_names_the_shelf(damaged):
    with pytest.raises(ShelfDamaged, match=REMEDY):
        runner.measure(run, shelf=damaged, runs=1)


def test_setup_names_the_shelf(damaged, tmp_path):
    with pytest.raises(ShelfDamaged, match=REMEDY):
        runner.record(run, shelf=damaged, access=WRITE, prepare=run, places=StackPlaces(tmp_path))


@pytest.mark.parametrize("what", ["alice", "watch", "invariant"])
def test_race_names_the_shelf(damaged, tmp_path, what):
    does = {"alice": int, "watch": list, "invariant": lambda: (True, ""), what: run}
    race = Rules({"alice": does.pop("alice"), "bob": int}, **does)
    with pytest.raises(ShelfDamaged, match=REMEDY):
        run_race(race, ["alice"], shelf=damaged, places=StackPlaces(tmp_path))


def test_run_that_damages_its_own_copy_is_told_as_its_own(shelf, tmp_path):
    def damage():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA writable_schema = ON")
            cursor.execute("UPDATE sqlite_master SET rootpage = 999999 WHERE name = 'library_book'")
            cursor.execute("PRAGMA writable_schema = RESET")
        return run()

    report = runner.record(damage, shelf=shelf, access=WRITE, places=StackPlaces(tmp_path))
    assert (report.status, report.error_type) == ("raised", "DatabaseError")


@pytest.mark.django_db(transaction=True)
def test_remedy_makes_it_anew(damaged, capsys):
    call_command("seed_library", books=[23], engine=["sqlite"])
    assert not damaged.engine.is_damaged(23)
    with damaged.open():
        run()


@pytest.mark.django_db(transaction=True)
def test_seed_library_finds_it(damaged, capsys):
    call_command("seed_library", engine=["sqlite"], books=[5, 23])
    assert "SQLite, 5 books: up to date" in capsys.readouterr().out
    assert not damaged.engine.is_damaged(23)
