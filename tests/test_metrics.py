"""Figures for Prometheus, of all processes of a real server; and nothing at all where they are not asked for."""

import os
import re
import signal
import urllib.error
import urllib.request

import psutil
import pytest

from tests.conftest import free_port, gunicorn, serve
from tests.test_insight import settings_of

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
TOKEN = "a-long-random-text"


@pytest.fixture(scope="module")
def metered(shelves_at_hand, static_files, tmp_path_factory):
    yield from start(tmp_path_factory.mktemp("metrics"))


def start(folder):
    """Serve the site by two processes, which count into a temporary folder."""
    port, nowhere = free_port(), "mysql://127.0.0.1:1/none"
    environment = {"METRICS": "1", "METRICS_TOKEN": TOKEN, "TMPDIR": str(folder), "MYSQL_URL": nowhere}
    yield from serve([*gunicorn(port), "--workers", "2"], port, **environment)


def ask(url, **headers):
    """(status, text) of an address."""
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, answer.read().decode()


def figures(site):
    """{name with its labels: value}, of whichever process answers."""
    status, text = ask(f"{site}/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    return {name: float(value) for name, value in re.findall(r"^(queryshelf\S+) (\S+)$", text, re.MULTILINE)}


def count(site, name, **labels):
    wanted = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    return figures(site).get(f"{name}{{{wanted}}}", 0)


def workers(site):
    """Of the server that this test has started."""
    port = site.rpartition(":")[2]
    (master,) = [each for each in psutil.Process().children() if any(port in word for word in each.cmdline())]
    return master.children()


def test_figures_are_those_of_all_processes(metered):
    for _ in range(12):
        assert ask(f"{metered}{LESSON}naive/?books=10")[0] == 200
    assert ask(f"{metered}{LESSON}naive/?books=10&engine=mysql")[0] == 503
    assert ask(f"{metered}/no/such/page/")[0] == 404
    for _ in range(4):  # whichever answers
        assert count(metered, "queryshelf_run_seconds_count", engine="sqlite", ended="ok") == 12
        assert count(metered, "queryshelf_request_seconds_count", page="variant", status="200") == 12
        assert count(metered, "queryshelf_request_seconds_count", page="none", status="404") == 1
        assert count(metered, "queryshelf_refusals_total", error="EngineUnavailable") == 1
        assert count(metered, "queryshelf_resident_bytes", kind="web") > 2**20
        assert count(metered, "queryshelf_resident_bytes", kind="runner") > 2**20
    now = figures(metered)
    assert (now["queryshelf_runners_up"], now["queryshelf_leases_total"]) == (1, 12)
    assert now['queryshelf_runners{kind="busy"}'] + now['queryshelf_runners{kind="idle"}'] >= 2


def test_figures_are_for_who_has_the_token(metered):
    for given in (None, "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN):
        status, text = ask(f"{metered}/metrics", **({"Authorization": given} if given else {}))
        assert (status, text) == (403, "Send METRICS_TOKEN as a bearer token.\n")


def test_address_of_a_reader_makes_no_more_figures(metered):
    def ask_for(n):
        return [
            ask(f"{metered}{address}")[0] for address in (f"/no/{n}/", f"/?q={n}", f"{LESSON}naive/?books={n}77")
        ]

    assert ask_for(0) == [404, 200, 400]
    few = figures(metered).keys()
    for n in range(1, 5):
        ask_for(n)
    assert figures(metered).keys() - few <= {name for name in figures(metered) if 'page="metrics"' in name}


@pytest.mark.soak
def test_what_a_killed_process_counted_stays_until_the_server_ends(shelves_at_hand, static_files, tmp_path):
    for site in start(tmp_path):
        for _ in range(6):
            ask(f"{site}{LESSON}naive/?books=10")
        os.kill(workers(site)[0].pid, signal.SIGKILL)
        assert ask(f"{site}{LESSON}naive/?books=10")[0] == 200
        assert count(site, "queryshelf_run_seconds_count", engine="sqlite", ended="ok") == 7
    for site in start(tmp_path):
        assert count(site, "queryshelf_run_seconds_count", engine="sqlite", ended="ok") == 0


def test_without_the_switch_there_is_nothing(client):
    assert client.get("/metrics").status_code == 404
    loaded = settings_of("import sys, config.wsgi; print(*sys.modules)", METRICS="0").split()
    assert "config.insight.requests" in loaded
    assert not {"prometheus_client", "config.insight.metrics"} & {*loaded}


def test_switch_without_a_token_is_refused():
    assert "METRICS is on, and METRICS_TOKEN is not set." in settings_of("pass", METRICS="1")
    assert settings_of("print('taken')", METRICS="1", METRICS_TOKEN=TOKEN) == "taken"
