"""PostgreSQL and MariaDB stopped in the middle of runs, and started again, under a site that goes on."""

import os
import signal
import tempfile
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from lab.engines.embedded import EmbeddedPostgres
from lab.engines.tests.leftovers import leftovers
from lab.engines.tests.test_embedded import remove
from lab.shelves import Shelf
from tests.faults.sites import READS, happens
from tests.servers import MariaDB

pytestmark = pytest.mark.soak

SLOW = "/lessons/write_in_bulk/bulk_create/naive/?books=100&engine="
QUICK = "/lessons/n_plus_one/forward_foreign_key/naive/?books=100&engine="


@pytest.fixture
def postgresql(settings):
    """The embedded one, of a folder of its own, reached as by POSTGRES_URL."""
    folder = Path(tempfile.mkdtemp(prefix="queryshelf-faults-"))
    folder.chmod(0o755)
    server = EmbeddedPostgres(folder)
    if reason := server.off():
        pytest.skip(reason)
    server.start()
    with closing(psycopg.connect(host=server.data, user="postgres", dbname="postgres", autocommit=True)) as admin:
        admin.execute("CREATE DATABASE faults")
    url = settings.POSTGRES_URL = f"postgres://postgres@/faults?host={server.data}"
    yield SimpleNamespace(
        environment={"POSTGRES_URL": url},
        start=server.start,
        stop=lambda: server.programs.run("pg_ctl", "stop", "--mode=fast", data=server.data),
        kill=lambda: os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL),
    )
    remove(folder)  # then its keeper stops it


@pytest.fixture
def mysql(settings, tmp_path):
    if not MariaDB.installed:
        pytest.skip("MariaDB is missing: apt-get install mariadb-server")
    pytest.importorskip("MySQLdb")
    server = MariaDB(tmp_path / "mariadb").start()
    settings.MYSQL_URL = server.url
    yield SimpleNamespace(
        environment={"MYSQL_URL": server.url}, start=server.start, stop=server.stop, kill=server.kill
    )
    server.kill()


@pytest.mark.parametrize("how", ["stop", "kill"])
@pytest.mark.parametrize("name", ["postgresql", "mysql"])
def test_server_goes_and_comes_back(request, make_site, databases, name, how):
    server = request.getfixturevalue(name)
    Shelf(books=100, engine_name=name).build()
    site = make_site(**server.environment).start()
    assert site.get(QUICK + name).status == 200
    answers = run_until_it_is_gone(site, name, getattr(server, how))
    assert answers[-1].status == 503
    assert {answer.status for answer in answers} <= {200, 503}
    for answer in (answers[-1], site.get(QUICK + name)):
        assert answer.status == 503
        assert "does not answer" in answer.text
        assert "Start the server, or mend" in answer.text
        assert answer.headers["Retry-After"] == "20"
        assert "The same page on SQLite" in answer.text
    assert site.get(READS).status == 200
    assert site.get("/status/").status == 200
    server.start()
    for page in (QUICK, SLOW):
        assert site.get(page + name).status == 200
    assert site.copies == []
    assert Shelf(books=100, engine_name=name).is_current()
    assert leftovers(Shelf(books=100, engine_name=name).engine) == []


def run_until_it_is_gone(site, name, stop):
    """Ask for runs that write, one after the other; let the server go while one is under way."""
    answers = []

    def ask():
        while not answers or answers[-1].status == 200:
            answers.append(site.get(SLOW + name))

    asking = threading.Thread(target=ask)
    asking.start()
    happens(lambda: answers)
    stop()
    asking.join()
    return answers
