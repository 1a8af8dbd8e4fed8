"""Two web machines, each with a data folder of its own, on one PostgreSQL and one MariaDB."""

import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

import pytest

from lab.engines import get_engine
from lab.engines.tests.leftovers import leftovers
from tests.conftest import ROOT, free_port, gunicorn, serve, wait_for
from tests.environment import MARIADB
from tests.servers import WITH_US

SIZES = ["--books", "10", "--books", "100"]
LESSONS = "lessons/write_in_bulk/bulk_update", "lessons/transactions/the_last_copy"
PAGES = (
    f"{LESSONS[0]}/naive/?books=10",
    f"{LESSONS[0]}/optimized/?books=100",
    f"{LESSONS[0]}/optimized/plan/1/?books=10",
    f"{LESSONS[1]}/naive/?books=10",
    "lessons/n_plus_one/forward_foreign_key/naive/?books=100",
    "lessons/n_plus_one/forward_foreign_key/naive/plan/2/?books=100",
)
ROUNDS = 2
SHARED = ("postgresql", "mysql")
# What a page says of a run whose shelf or copy another one has taken away.
TAKEN = re.compile(
    r"does not exist|doesn&#x27;t exist|Unknown database|terminating connection|server has gone away"
)


@contextmanager
def own_postgres():
    """The URL of the tests' PostgreSQL, with a database that holds nothing yet."""
    embedded = get_engine("postgresql")
    with embedded._admin() as admin:
        embedded._create(admin, "two")
    yield f"postgres://postgres@/two?host={embedded.address.server.data}"
    with embedded._admin() as admin:
        for name in embedded._databases(admin):
            if name.startswith("two"):
                embedded._drop(admin, name)


@pytest.fixture(scope="module")
def machines(shelves_everywhere, static_files, tmp_path_factory):
    """The environments of two, and the addresses that they serve, filled by both at once from nothing."""
    with ExitStack() as stack:
        shared = {
            "POSTGRES_URL": stack.enter_context(own_postgres()),
            "MYSQL_URL": MARIADB.url.replace("/queryshelf", "/two"),
        }
        own = [tmp_path_factory.mktemp(name) for name in ("one", "other")]
        each = [{**shared, "DATA_DIR": str(d), "DATABASE_URL": f"sqlite:///{d}/site.sqlite3"} for d in own]
        both = [start("seed_library", *SIZES, environment=environment) for environment in each]
        told = [process.communicate(timeout=300)[0] for process in both]
        assert [process.returncode for process in both] == [0, 0], told
        for size in ("10 books", "100 books"):
            for engine in ("PostgreSQL", "MariaDB"):  # made once
                assert sorted(f"{engine}, {size}: up to date" in each for each in told) == [False, True], told
        addresses = []
        for environment in each:
            port = free_port()
            server = stack.enter_context(closing(serve(gunicorn(port), port, **environment)))
            addresses.append(next(server))
        yield each, addresses


def start(*arguments, environment):
    command = [sys.executable, "manage.py", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, **pipes)


def ask(address):
    try:
        with urllib.request.urlopen(address, timeout=120) as response:
            return address, response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return address, error.code, error.read().decode()


@pytest.fixture
def engines(machines, settings):
    """As the first machine has them."""
    environments, _ = machines
    settings.POSTGRES_URL, settings.MYSQL_URL = (environments[0][name] for name in ("POSTGRES_URL", "MYSQL_URL"))
    return [get_engine(name) for name in SHARED]


@pytest.mark.soak
def test_two_machines_share_servers_without_harm(machines, engines):
    environments, addresses = machines
    before = [engine.checksum(size) for engine in engines for size in engine.sizes()]
    pages = [
        f"{address}/{page}&engine={engine.name}"
        for _ in range(ROUNDS)
        for page in PAGES
        for engine in engines
        for address in addresses
    ]
    with ThreadPoolExecutor(6) as readers:
        answers = readers.map(ask, pages)
        for environment in [*environments, *environments]:  # each sweeps what nobody holds
            swept = start("seed_library", *SIZES, environment=environment)
            said, _ = swept.communicate(timeout=300)
            assert swept.returncode == 0, said
            assert said.count("up to date") == 2 * (1 + len(engines)), said
        answers = list(answers)
    assert {status for _, status, _ in answers} <= {200, 503}
    told = {address.partition("/lessons")[0] for address, status, _ in answers if status == 200}
    assert told == set(addresses)
    assert [(address, TAKEN.findall(page)) for address, _, page in answers if TAKEN.search(page)] == []
    assert [engine.checksum(size) for engine in engines for size in engine.sizes()] == before
    assert [name for engine in engines for name in leftovers(engine) if name.startswith("two")] == []


@pytest.mark.soak
def test_caddy_serves_on_while_a_machine_is_stopped(machines, tmp_path):
    if not shutil.which("caddy"):
        pytest.skip("Caddy is missing: apt-get install caddy")
    (_, environment), (first, _) = machines
    port, front = free_port(), free_port()
    command = [*WITH_US, *gunicorn(port)]
    environment = {**os.environ, **environment, "WEB_CONCURRENCY": "1"}
    other = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    wait_for(f"http://127.0.0.1:{port}/healthz/", other)
    assert ask(f"http://127.0.0.1:{port}/lessons/n_plus_one/forward_foreign_key/")[1] == 200
    balanced = {"SITE": f"http://127.0.0.1:{front}", "WEB": f"{first.removeprefix('http://')} 127.0.0.1:{port}"}
    files = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(tmp_path))
    caddy = ["caddy", "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"]
    with closing(serve(caddy, front, **balanced, **files)) as served, ThreadPoolExecutor(4) as readers:
        pages = [f"{next(served)}/lessons/n_plus_one/forward_foreign_key/"] * 400
        answers = readers.map(ask, pages)
        assert next(answers)[1] == 200
        other.terminate()
        assert [status for _, status, _ in answers] == [200] * 399
    other.communicate(timeout=20)
    assert other.returncode == 0
