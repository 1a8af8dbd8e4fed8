import json
import os
import re
import signal
import subprocess
import sys
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from lab.engines.scratch import locked
from lab.shelves import Shelf
from library import seeding
from library.models import Author, Book

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("mariadb")]


def seed(capsys, *args, **options):
    call_command("seed_library", *args, **options)
    return capsys.readouterr().out


def test_seed_fills_the_default_database_and_the_shelf(shelves, capsys):
    assert not Author.objects.exists()
    out = seed(capsys, books=[10])
    assert Book.objects.count() == 1_000
    assert "SQLite, 10 books: up to date" in out


def test_seed_twice_changes_nothing(shelves, capsys):
    seed(capsys, books=[10])
    before = Shelf(books=10).engine.checksum(10), seeding.digest(connections["default"])
    assert "has a bookstore already" in seed(capsys, books=[10])
    assert (Shelf(books=10).engine.checksum(10), seeding.digest(connections["default"])) == before


def test_seed_makes_a_shelf_of_any_size_with_progress(shelves, capsys):
    engine = Shelf(books=23).engine
    try:
        out = seed(capsys, books=[23])
        assert 23 in engine.sizes()
        assert "rows/s" in out
    finally:
        engine.drop(23)


def test_seed_another_seed_gives_other_rows(shelves, capsys):
    shelf = Shelf(books=23)
    try:
        digests = set()
        for number in (7, 8):
            seed(capsys, books=[23], seed=number)
            with shelf.open() as connection:
                digests.add(seeding.digest(connection))
        assert len(digests) == 2
        assert shelf.seed() == 8
        assert "up to date" in seed(capsys, books=[23])  # a seed that was chosen is kept
    finally:
        shelf.engine.drop(23)


@pytest.mark.parametrize("books", [0, -5])
def test_seed_refuses_a_size_below_one(shelves, books):
    with pytest.raises(CommandError, match=f"--books must be at least 1, not {books}"):
        call_command("seed_library", books=[books])


def test_seed_explains_a_full_disk(shelves, monkeypatch, capsys):
    seed(capsys, books=[10])

    def fail(*args, **kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(seeding, "fill", fail)
    with pytest.raises(CommandError, match="Free some space, or set DATA_DIR"):
        call_command("seed_library", books=[24])
    assert 24 not in Shelf(books=24).engine.sizes()


def test_seed_flush_starts_anew(shelves, capsys, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    sqlite = {"engine": ["sqlite"]}  # the shelves of servers are those of other tests
    seed(capsys, books=[5, 6], **sqlite)
    Author.objects.create(name="Mine", email="mine@example.com", joined_on="2026-01-01", country_id=1)
    seed(capsys, books=[5], flush=True, **sqlite)
    assert not Author.objects.filter(name="Mine").exists()
    assert Shelf(books=5).engine.sizes() == [5]


@pytest.mark.parametrize(
    ("named", "made"),
    [
        (["--engine", "sqlite"], {"SQLite"}),
        (["--engine", "postgresql", "--engine", "sqlite"], {"SQLite", "PostgreSQL"}),
        (["--engine", "all"], {"SQLite", "PostgreSQL", "MariaDB"}),
        (["--engine", "sqlite", "--engine", "all"], {"SQLite", "PostgreSQL", "MariaDB"}),
        ([], {"SQLite", "PostgreSQL", "MariaDB"}),
    ],
)
def test_engines_may_be_repeated(shelves_everywhere, capsys, named, made):
    out = seed(capsys, "--books", "10", *named)
    assert set(re.findall(r"(\w+), 10 books: up to date", out)) == made


@pytest.fixture
def start(settings, tmp_path):
    """Starts manage.py on a site database of its own, as a shell would."""
    started = []

    def start(*arguments, data_dir=settings.DATA_DIR):
        own = {
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
            "PYTHONUNBUFFERED": "1",
        }
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        command = [sys.executable, "manage.py", *arguments]
        # A shell that runs the tests in the background has them ignore Ctrl-C.
        started.append(
            subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env={**os.environ, **own},
                preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
                **pipes,
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.once
def test_two_at_once_take_turns(engine, start, settings, tmp_path):
    data_dir = tmp_path if engine.name == "sqlite" else settings.DATA_DIR
    arguments = ["seed_library", "--engine", engine.name, "--books", "1789"]
    try:
        both = [start(*arguments, data_dir=data_dir) for _ in range(2)]
        told = [process.communicate(timeout=120) for process in both]
        assert [process.returncode for process in both] == [0, 0], told
        out = "".join(out for out, _ in told)
        assert out.count("Another seed_library is at work here.") == 1
        assert out.count("1,789 books: up to date") == 1
    finally:
        engine.drop(1789)


@pytest.mark.once
def test_ctrl_c_is_told_in_a_line(start, engine, settings, tmp_path):
    data_dir = tmp_path if engine.name == "sqlite" else settings.DATA_DIR
    process = start("seed_library", "--engine", engine.name, "--books", "300000", data_dir=data_dir)
    while "default database" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (
        err == "CommandError: Stopped. Shelves made before are as they were; run this again to make the others.\n"
    )
    assert 300_000 not in engine.sizes()


@pytest.mark.once
def test_ctrl_c_stops_who_waits(start, tmp_path):
    with locked(tmp_path / "seeding.lock"):
        process = start("seed_library", "--engine", "sqlite", data_dir=tmp_path)
        assert "at work" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.count("\n")) == (130, 1)


@pytest.mark.once
def test_ctrl_c_of_any_command_is_told_in_a_line(start):
    process = start("shell", "-c", "import time; print('begun'); time.sleep(60)")
    while "begun" not in process.stdout.readline():  # after what `shell` says of its imports
        pass
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "Stopped.\n")


def test_fixture_is_the_ten_book_shelf(shelves, settings):
    with shelves[10].open():
        path = settings.DATA_DIR / "dump.json"
        call_command("dumpdata", "library", indent=1, output=str(path))
    fixture = settings.BASE_DIR / "fixtures" / "library.json"
    assert json.loads(fixture.read_text()) == json.loads(path.read_text()), "make it anew: make fixture"


def test_fixture_loads_over_a_full_bookstore(shelves, capsys):
    seed(capsys, books=[10])
    call_command("loaddata", "library", verbosity=0)
    assert Book.objects.count() == 1_000


def test_seed_leaves_the_shelves_of_another_version_until_told(engine, monkeypatch, settings, tmp_path, capsys):
    """An upgrade: the site of before serves on, and is read from, while the new one is filled and long after."""
    before = engine.of("0a0a0a0a")
    monkeypatch.setattr("lab.shelves.get_engine", lambda name: before)
    Shelf(books=4, engine_name=engine.name).build(seed=7)
    monkeypatch.undo()
    monkeypatch.setattr("lab.management.commands.seed_library.DEFAULT_SIZES", (10,))
    call = partial(seed, capsys, "--engine", engine.name)
    try:
        with before.reader(4) as reader, reader.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM library_book")
            assert "of another version of the site are kept" in call()
            cursor.execute("SELECT count(*) FROM library_book")
            assert cursor.fetchone() == (4,)
        assert 4 in engine.sizes()  # what an operator has added is made anew, as it was
        assert Shelf(books=4, engine_name=engine.name).seed() == 7
        assert before.sizes() == [4]
        assert "kept" not in call(forget_others=True)
        assert before.sizes() == []
        assert 4 in engine.sizes()
    finally:
        before.drop(4)
        engine.drop(4)
