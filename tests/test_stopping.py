"""A server that is told to stop lets runs end, or stops them and says so.

That its times are shorter than those after which Docker and systemd would kill it, test_deploy.py says.
"""

import os
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from lab.engines import get_engine
from lab.engines.tests.leftovers import leftovers
from tests.conftest import ROOT, free_port, gunicorn, wait_for
from tests.servers import WITH_US
from tests.test_leaving import WITH_COURSE, wait, write_course

MUCH = 60  # seconds, of a machine that has much else to do
ENDLESS = """\
from {module} import ask_often

from library.models import Book


def run():
    Book.objects.update(title="Sold")
    ask_often()
"""
SHORT = """\
from {module} import begin
from time import sleep


def run():
    begin()
    sleep(1)
    return [[1]]
"""


@pytest.fixture
def server(shelves_at_hand, static_files, tmp_path):
    """A server of lessons that take long, its process and the file that tells that a run has begun."""
    begun, port = tmp_path / "begun", free_port()
    write_course(tmp_path / "content", begun)
    folder = next((tmp_path / "content").glob("*/010_a_lesson"))
    declared = (folder / "lesson.toml").read_text()
    (folder / "lesson.toml").write_text(f'access = "write"\n{declared}')
    (folder / "naive.py").write_text(ENDLESS.format(module="slowly"))
    (folder / "long.py").write_text(SHORT.format(module="slowly"))
    command = [
        sys.executable,
        "-c",
        WITH_COURSE,
        str(tmp_path / "log"),
        str(tmp_path / "content"),
        *gunicorn(port)[1:],
    ]
    process = subprocess.Popen([*WITH_US, *command], cwd=ROOT, env=os.environ)
    wait_for(f"http://127.0.0.1:{port}/healthz/", process)
    yield port, process, begun
    process.kill()
    process.wait()


def ask_and_stop(server, page):
    """Ask for a page, tell the server to stop once the run has begun, and return what it answers."""
    port, process, begun = server
    with socket.create_connection(("127.0.0.1", port)) as reader:
        reader.sendall(f"GET /lessons/a_track/{page} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        wait(begun.exists)
        process.terminate()
        answer = reader.makefile("rb").read().decode()
    assert process.wait(MUCH) == 0
    return answer


@pytest.mark.parametrize(
    "engine_name", [pytest.param(each, marks=pytest.mark.soak) for each in ("sqlite", "mysql")] + ["postgresql"]
)
def test_stop_refuses_a_run_that_takes_longer(server, engine_name, shelves_at_hand):
    if engine_name not in shelves_at_hand:
        pytest.skip(f"{engine_name} is off")
    answer = ask_and_stop(server, f"a_lesson/naive/?engine={engine_name}&books=10")
    assert answer.startswith("HTTP/1.1 503 ")
    assert "Retry-After: " in answer
    assert "your run was stopped" in answer
    wait(lambda: leftovers(get_engine(engine_name)) == [])


def test_stop_lets_a_short_run_end(server):
    answer = ask_and_stop(server, "a_lesson/long/?books=10")
    assert answer.startswith("HTTP/1.1 200 ")
    wait(lambda: leftovers(get_engine()) == [])


def test_stop_ends_a_race(server):
    answer = ask_and_stop(server, "a_race/naive/orders/")
    assert answer.startswith(("HTTP/1.1 503 ", "HTTP/1.1 200 "))
    wait(lambda: leftovers(get_engine()) == [])


ON_SOCKET = 'exec 3<&"$0"; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'


def serve_on(listener):
    """As systemd starts it by deploy/queryshelf.socket."""
    command = ["bash", "-c", ON_SOCKET, str(listener.fileno()), *gunicorn(1)]
    environment = {**os.environ, "WEB_CONCURRENCY": "1"}  # one that has answered answers the next in no time
    return subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[listener.fileno()])


def test_restart_refuses_nobody_where_systemd_holds_the_port(shelves_at_hand, static_files):
    over, statuses, processes = Event(), [], []
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(4) as readers:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/lessons/n_plus_one/forward_foreign_key/"

        def read():
            while not over.is_set():
                statuses.append(urllib.request.urlopen(address, timeout=MUCH).status)

        try:
            processes.append(serve_on(listener))
            reading = [readers.submit(read) for _ in range(4)]
            wait(lambda: len(statuses) > 20)
            processes[0].terminate()
            assert processes[0].wait(MUCH) == 0
            served = len(statuses)
            processes.append(serve_on(listener))
            wait(lambda: len(statuses) > served + 20)
        finally:
            over.set()
            for each in reading:
                each.result()
            for process in processes:
                process.terminate()
                process.wait()
    assert {*statuses} == {200}
