"""/healthz/ asks nothing; /readyz/ asks everything, never for long, and says each fault with its remedy."""

import json
import logging
import shutil
import sys
from collections import namedtuple
from threading import Event

import pytest

from lab.engines.mysql import MySQL
from lab.engines.postgresql import PostgreSQL
from lab.engines.sqlite import SQLite
from lab.exceptions import EngineUnavailable, RunnersDown
from lab.shelves import Shelf
from lessons.pages.operator import asking, ready
from lessons.pages.tests.addresses import NAIVE

ENGINES = {"sqlite": SQLite, "postgresql": PostgreSQL, "mysql": MySQL}


@pytest.fixture
def servers(settings, monkeypatch):
    """Both are named in the environment, and answer that they have shelves."""
    settings.POSTGRES_URL, settings.MYSQL_URL = "postgres://127.0.0.1:1/shop", "mysql://127.0.0.1:1/shop"
    for server in (PostgreSQL, MySQL):
        monkeypatch.setattr(server, "sizes", lambda engine: [100])
    is_current = Shelf.is_current
    monkeypatch.setattr(Shelf, "is_current", lambda shelf: shelf.engine_name != "sqlite" or is_current(shelf))


@pytest.fixture(autouse=True)
def forgotten():
    asking.forget()
    yield
    asking.forget()


@pytest.fixture
def faults(get, servers):
    """What /readyz/ says is amiss."""

    def faults():
        asking.forget()
        return get("/readyz/", status=503)

    return faults


@pytest.fixture
def seen():
    """What of files, databases and other machines is asked for by a call, in whatever thread."""
    found, watching = set(), []

    def hook(event, args):
        if watching and event.split(".")[0] in {"open", "os", "sqlite3", "socket", "subprocess"}:
            found.add(event)

    sys.addaudithook(hook)  # for good

    def seen(call):
        found.clear()
        watching.append(call)
        try:
            call()
        finally:
            watching.clear()
        return set(found)

    return seen


def fail(error):
    def failing(*args, **options):
        raise error

    return failing


def test_ready_site_is_ok(get, servers):
    assert get("/readyz/") == "ok"


@pytest.mark.parametrize("address", ["/healthz", "/healthz/", "/readyz", "/readyz/"])
def test_probe_needs_to_follow_nothing(get, servers, address):
    assert get(address) == "ok"
    assert get.response["Content-Type"].startswith("text/plain")
    assert get.response["Cache-Control"] == "no-store"


def test_health_asks_neither_database_nor_file(get, servers, seen):
    assert get("/healthz/") == "ok"  # the first request of a client loads the middleware
    assert seen(lambda: get("/readyz/")) >= {"open", "sqlite3.connect"}
    assert seen(lambda: get("/healthz/")) == set()


@pytest.mark.parametrize(
    ("query", "accept", "is_json"),
    [
        ("?format=json", "*/*", True),
        ("", "application/json", True),
        ("", "text/html,application/json;q=0.9", True),
        ("", "*/*", False),
        ("", "text/plain, application/json;q=0.5", False),
    ],
)
def test_json_is_for_who_asks_for_it(get, servers, query, accept, is_json):
    for address, said in {
        "/healthz/": {"ok": True},
        "/readyz/": {"ready": True, "checks": {name: [] for name in (*ENGINES, "course", "data", "runners")}},
    }.items():
        answer = get(f"{address}{query}", accept=accept)
        assert (json.loads(answer) == said) if is_json else answer == "ok"
        assert "Accept" in get.response["Vary"]


def test_json_says_which_check_found_what(get, servers, monkeypatch):
    monkeypatch.setattr(MySQL, "sizes", lambda engine: [])
    said = json.loads(get("/readyz/?format=json", status=503))
    assert said["ready"] is False
    assert [name for name, found in said["checks"].items() if found] == ["mysql"]
    assert int(get.response["Retry-After"]) > 0


@pytest.mark.parametrize("name", ENGINES)
def test_engine_without_shelves_is_not_ready(get, faults, monkeypatch, name):
    monkeypatch.setattr(ENGINES[name], "sizes", lambda engine: [])
    remedy = f"has no shelves yet. Make them: python manage.py seed_library --engine {name}"
    assert remedy in faults()
    for page in (NAIVE, "/lessons/a_track/a_lesson/curve/", "/lessons/a_track/a_lesson/compare/"):
        assert remedy in get(f"{page}?engine={name}", status=503)


def test_page_that_opens_on_a_shelf_that_is_not_there_is_not_ready(get, monkeypatch):
    monkeypatch.setattr(SQLite, "sizes", lambda engine: [10, 1000])
    assert "SQLite has no shelf of 100 books. Make it:" in get(NAIVE, status=503)
    get(f"{NAIVE}?books=10")
    get(f"{NAIVE}?books=100", status=400)


def test_stale_shelves_are_not_ready(faults, monkeypatch):
    monkeypatch.setattr(SQLite, "sizes", lambda engine: [10, 1000])
    monkeypatch.setattr(Shelf, "is_current", lambda shelf: shelf.books != 1000)
    told = "SQLite has shelves to make anew: 1,000. Run: python manage.py seed_library --engine sqlite"
    assert faults() == told


def test_damaged_shelf_is_named(get, faults, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    shelf = Shelf(books=10)
    shelf.build()
    shelf.engine._path(10).write_bytes(b"no database" * 1000)
    assert "shelf of 10 books is damaged" in faults()
    page = get(f"{NAIVE}?books=10", status=503)
    assert "shelf of 10 books is damaged" in page
    assert "The same page on SQLite" not in page
    assert "damaged: <code>python manage.py seed_library --engine sqlite</code>" in get("/status/")


def test_server_that_should_be_on_and_is_off(faults, monkeypatch):
    monkeypatch.setattr(MySQL, "sizes", fail(EngineUnavailable("MariaDB does not answer. Start it.")))
    assert faults() == "MariaDB does not answer. Start it."


def test_server_that_really_is_off_is_named_with_its_remedy(get, settings):
    settings.POSTGRES_URL, settings.MYSQL_URL = "postgres://127.0.0.1:1/shop", ""
    fault = get("/readyz/", status=503)
    assert "PostgreSQL does not answer" in fault
    assert "POSTGRES_URL" in fault


def test_embedded_server_is_not_started_for_the_check(get, settings, servers, monkeypatch):
    settings.POSTGRES_URL = ""
    monkeypatch.setattr(PostgreSQL, "sizes", None)  # not called
    assert get("/readyz/") == "ok"


def test_server_that_hangs_is_waited_for_once(get, servers, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.1)
    answers, asked = Event(), []

    def hang(engine):
        asked.append(engine)
        answers.wait(20)
        return [100]

    monkeypatch.setattr(MySQL, "sizes", hang)
    try:
        for _ in range(3):
            assert "has not answered for 3 seconds" in get("/readyz/", status=503)
        assert len(asked) == 1
    finally:
        answers.set()
    ready._asked("mysql")._answer.result(20)
    assert get("/readyz/") == "ok"


def test_answer_holds_for_some_seconds(get, servers, monkeypatch):
    asked = []
    monkeypatch.setattr(MySQL, "sizes", lambda engine: asked.append(engine) or [100])
    for _ in range(5):
        get("/readyz/")
    assert len(asked) == 1
    monkeypatch.setattr(asking, "KEPT", 0)
    get("/readyz/")
    assert len(asked) == 2


def test_question_that_hangs_for_good_is_asked_anew(get, servers, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.1)
    answers = Event()
    monkeypatch.setattr(MySQL, "sizes", lambda engine: answers.wait(20) and [100])
    try:
        get("/readyz/", status=503)
        monkeypatch.setattr(MySQL, "sizes", lambda engine: [100])  # it is well again, its connections are not
        get("/readyz/", status=503)
        monkeypatch.setattr(asking, "_GIVEN_UP", 0)
        monkeypatch.setattr(asking, "PATIENCE", 20)
        assert get("/readyz/") == "ok"
    finally:
        answers.set()


def test_broken_lesson_is_named(course, faults):
    course.change("lesson.toml", "ordered = true", 'ordered = "yes"')
    assert faults().startswith("a_track/a_lesson: ")


def test_broken_track_is_named(course, faults):
    (course.track / "track.toml").unlink()
    assert "a_track: has no track.toml. Add one with its title and summary." in faults()


@pytest.mark.parametrize("left", [0, 1_000])
def test_full_disk_is_told(faults, monkeypatch, left):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10**9, 10**9 - left, left))
    assert "The disk of DATA_DIR has 0.0 MB free, and runs that write need " in faults()


def test_folder_that_is_gone_is_told(faults, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(SQLite, "sizes", lambda engine: [10])
    settings.DATA_DIR = tmp_path / "gone"
    assert "DATA_DIR cannot be written (No such file or directory)." in faults()


@pytest.mark.parametrize("told", ["raised", "in its state"])
def test_runners_that_are_down_are_told(faults, monkeypatch, told):
    down = fail(RunnersDown("What lends processes to runs does not answer."))
    state = namedtuple("state", "fault")("What lends processes to runs does not answer.")
    monkeypatch.setattr(ready, "state_of_runners", down if told == "raised" else lambda: state)
    assert faults() == "What lends processes to runs does not answer."


def test_check_that_fails_itself_is_a_fault_that_the_log_explains(faults, monkeypatch, caplog):
    monkeypatch.setattr(MySQL, "sizes", fail(KeyError("a secret of the code")))
    fault = faults()
    assert "cannot be checked (KeyError). The site’s log says where." in fault
    assert "secret" not in fault
    assert any("secret" in str(record.exc_info) for record in caplog.records)


def test_log_says_once_what_is_amiss_and_once_that_it_is_over(get, servers, monkeypatch, caplog):
    caplog.set_level(logging.INFO, "queryshelf")
    get("/readyz/")
    monkeypatch.setattr(asking, "KEPT", -1)
    caplog.clear()
    with monkeypatch.context() as broken:
        broken.setattr(MySQL, "sizes", lambda engine: [])
        get("/readyz/", status=503)
        get("/readyz/", status=503)
    get("/readyz/")
    get("/readyz/")
    assert [record.msg["event"] for record in caplog.records] == ["unready", "ready"]
    assert "has no shelves yet" in caplog.records[0].msg["why"]
