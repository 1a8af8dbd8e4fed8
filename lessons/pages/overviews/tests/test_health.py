import pytest

from lab.engines.mysql import MySQL
from lab.engines.postgresql import PostgreSQL
from lab.engines.sqlite import SQLite
from lab.exceptions import EngineUnavailable
from lab.shelves import Shelf

ENGINES = {"sqlite": SQLite, "postgresql": PostgreSQL, "mysql": MySQL}
NAIVE = "/lessons/a_track/a_lesson/naive/"


@pytest.fixture
def servers(settings, monkeypatch):
    """Both are named in the environment, and answer that they have shelves."""
    settings.POSTGRES_URL, settings.MYSQL_URL = "postgres://127.0.0.1:1/shop", "mysql://127.0.0.1:1/shop"
    for server in (PostgreSQL, MySQL):
        monkeypatch.setattr(server, "sizes", lambda engine: [100])
    is_current = Shelf.is_current
    monkeypatch.setattr(Shelf, "is_current", lambda shelf: shelf.engine_name != "sqlite" or is_current(shelf))


def test_ready_site_is_ok(get, servers):
    assert get("/healthz/") == "ok"


@pytest.mark.parametrize("name", ENGINES)
def test_engine_without_shelves_is_not_ready(get, servers, monkeypatch, name):
    monkeypatch.setattr(ENGINES[name], "sizes", lambda engine: [])
    remedy = f"has no shelves yet. Make them: python manage.py seed_library --engine {name}"
    assert remedy in get("/healthz/", status=503)
    for page in (NAIVE, "/lessons/a_track/a_lesson/curve/", "/lessons/a_track/a_lesson/compare/"):
        assert remedy in get(f"{page}?engine={name}", status=503)


def test_page_that_opens_on_a_shelf_that_is_not_there_is_not_ready(get, monkeypatch):
    monkeypatch.setattr(SQLite, "sizes", lambda engine: [10, 1000])
    assert "SQLite has no shelf of 100 books. Make it:" in get(NAIVE, status=503)
    get(f"{NAIVE}?books=10")
    get(f"{NAIVE}?books=100", status=404)


def test_stale_shelves_are_not_ready(get, servers, monkeypatch):
    monkeypatch.setattr(SQLite, "sizes", lambda engine: [10, 1000])
    monkeypatch.setattr(Shelf, "is_current", lambda shelf: shelf.books != 1000)
    told = "SQLite has shelves to make anew: 1,000. Run: python manage.py seed_library --engine sqlite"
    assert get("/healthz/", status=503) == told


def test_damaged_shelf_is_named(get, servers, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    shelf = Shelf(books=10)
    shelf.build()
    shelf.engine._path(10).write_bytes(b"no database" * 1000)
    assert "shelf of 10 books is damaged" in get("/healthz/", status=503)
    page = get(f"{NAIVE}?books=10", status=503)
    assert "shelf of 10 books is damaged" in page
    assert "The same page on SQLite" not in page
    assert "damaged: <code>python manage.py seed_library --engine sqlite</code>" in get("/status/")


def test_server_that_is_off_is_no_fault_of_the_site(get, servers, monkeypatch):
    def fail(engine):
        raise EngineUnavailable("Off.")

    monkeypatch.setattr(MySQL, "sizes", fail)
    assert get("/healthz/") == "ok"


def test_embedded_server_is_not_started_for_the_check(get, settings, servers, monkeypatch):
    settings.POSTGRES_URL = ""
    monkeypatch.setattr(PostgreSQL, "sizes", None)  # not called
    assert get("/healthz/") == "ok"
