import os
from contextlib import ExitStack
from functools import lru_cache

import pytest

from tests.environment import FOLDER, MARIADB, STATIC_ROOT

SIZES = (10, 37, 100, 1_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """On CI everything is at hand, so a skipped test is a broken set-up."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = (
            f"skipped on CI: {report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr}"
        )
    return report


@pytest.fixture(scope="session")
def static_files():
    """As on a server, hashed and compressed; made once for all workers."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import override_settings

    from lab.engines.scratch import locked

    storage = {**settings.STORAGES, "staticfiles": {"BACKEND": "tests.static_storage.OursCompressed"}}
    with locked(FOLDER / "static.lock"):
        if not STATIC_ROOT.exists():
            with override_settings(STORAGES=storage):
                call_command("collectstatic", verbosity=0, interactive=False)
    with override_settings(STORAGES=settings.STORAGES):
        pass  # so that Django forgets a storage that was made in this worker before there were files


@pytest.fixture(scope="session")
def mariadb():
    """Its server, if it is installed."""
    if MARIADB and MARIADB.process is None:
        MARIADB.start()


@pytest.fixture
def client(static_files, mariadb, client):
    """Its pages name files, and some ask every engine."""
    return client


@pytest.fixture(scope="session")
def databases(django_db_blocker):
    """While in use, databases are open to the test: to pytest-django, a shelf is none of its own."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def shelves(databases):
    """The shelves of SIZES on SQLite, as a dict by size."""
    return make_shelves("sqlite")


@pytest.fixture
def shelf(databases):
    """The shelf of 10 books on SQLite."""
    return make_shelf("sqlite", 10)


@pytest.fixture(scope="session", params=["sqlite", "postgresql", "mysql"])
def engine(request, databases, mariadb):
    """Each engine in turn; one that is not at hand is skipped, with the reason."""
    return _engine_or_skip(request.param)


@pytest.fixture(scope="session")
def engine_shelves(engine):
    """The shelves of SIZES on each engine in turn, as a dict by size."""
    return make_shelves(engine.name)


@pytest.fixture(scope="session")
def engines_at_hand(databases, mariadb):
    """The names of the engines that can be reached."""
    return [engine.name for engine in _engines() if _why_off(engine) is None]


@pytest.fixture(scope="session")
def shelves_at_hand(engines_at_hand):
    """The shelves of SIZES on the engines at hand, as dicts by size, by the engine's name."""
    return {name: make_shelves(name) for name in engines_at_hand}


@pytest.fixture
def build_another(databases):
    """Build a shelf beside those of SIZES. It goes with the test: pages name all that there are."""
    from lab.shelves import Shelf

    with ExitStack() as built:

        def build(engine_name, size):
            if size in SIZES:  # it is there, and others need it
                return
            shelf = Shelf(books=size, engine_name=engine_name)
            shelf.build()
            built.callback(shelf.engine.drop, size)

        yield build


@pytest.fixture
def shelves_of_lessons(shelves_at_hand, build_another):
    """They are at hand, and so are the larger ones that some lessons open on."""
    from lessons.course.catalog import get_catalog

    for size in {lesson.saves_at for lesson in get_catalog().lessons if lesson.saves_at}:
        for name in shelves_at_hand:
            build_another(name, size)


@pytest.fixture(scope="session")
def shelves_everywhere(databases, shelves_at_hand):
    """The same on all engines; where one is not at hand, the test is skipped, with the reason."""
    for engine in _engines():
        _engine_or_skip(engine.name)
    return shelves_at_hand


@pytest.fixture
def full_house(settings, monkeypatch):
    """The only slot for runs is taken, until it is closed; who waits for one waits a moment only."""
    from lab.running import slot

    settings.RUNS_AT_ONCE = 1
    monkeypatch.setattr(slot, "PATIENCE", 0.05)
    slot._slots.cache_clear()
    with ExitStack() as taken:
        taken.enter_context(slot.slot())
        yield taken
    slot._slots.cache_clear()


@pytest.fixture
def redis(settings, tmp_path):
    """A Redis server, as CACHE_URL would name it, that holds nothing yet."""
    from environ import Env

    from tests.servers import Redis

    if not Redis.installed:
        pytest.skip("Redis is missing: apt-get install redis-server")
    server = Redis(tmp_path / "redis").start()
    settings.CACHES = {**settings.CACHES, "default": Env.cache_url_config(server.url)}
    yield server
    server.kill()


def _engines():
    from lab.engines import all_engines

    return all_engines()


def _engine_or_skip(name):
    engine = next(engine for engine in _engines() if engine.name == name)
    if reason := _why_off(engine):
        pytest.skip(f"{reason} Or install Debian's mariadb-server and libmariadb-dev: the tests start their own.")
    return engine


@lru_cache
def _why_off(engine):
    from lab.exceptions import EngineUnavailable

    try:
        engine.version()
    except EngineUnavailable as error:
        return f"{engine.label} is off: {error}"
    return None


def make_shelves(engine_name):
    return {size: make_shelf(engine_name, size) for size in SIZES}


@lru_cache
def make_shelf(engine_name, size):
    from lab.shelves import Shelf

    shelf = Shelf(books=size, engine_name=engine_name)
    shelf.build()
    return shelf
