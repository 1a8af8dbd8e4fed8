import os
from functools import lru_cache

import pytest

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


@pytest.fixture(scope="session", autouse=True)
def collected_static_files():
    """As on a server: hashed and compressed."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


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
def shelf(shelves):
    return shelves[10]


@pytest.fixture(scope="session", params=["sqlite", "postgresql", "mysql"])
def engine(request, databases):
    """Each engine in turn; one that is not at hand is skipped, with the reason."""
    return engine_at_hand(request.param)


@pytest.fixture(scope="session")
def engine_shelves(engine):
    """The shelves of SIZES on each engine in turn, as a dict by size."""
    return make_shelves(engine.name)


@pytest.fixture(scope="session")
def shelves_everywhere(databases):
    """The shelves of SIZES on all engines, as dicts by size, by the engine's name."""
    return {name: make_shelves(engine_at_hand(name).name) for name in ("sqlite", "postgresql", "mysql")}


def engine_at_hand(name):
    from lab.engines import get_engine
    from lab.exceptions import EngineUnavailable

    engine = get_engine(name)
    try:
        engine.version()
    except EngineUnavailable as error:
        pytest.skip(f"{engine.label} is off: {error} Or install Debian's mariadb-server; the tests start it.")
    return engine


@lru_cache
def make_shelves(engine_name):
    from lab.shelves import Shelf

    made = {size: Shelf(books=size, engine_name=engine_name) for size in SIZES}
    for shelf in made.values():
        shelf.build()
    return made
