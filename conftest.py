import os

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
def shelves(django_db_blocker):
    """The shelves of SIZES, as a dict by size; while in use, the database is open to the test."""
    from lab.shelves import Shelf

    with django_db_blocker.unblock():
        made = {size: Shelf(books=size) for size in SIZES}
        for shelf in made.values():
            shelf.build()
        yield made


@pytest.fixture
def shelf(shelves):
    return shelves[10]
