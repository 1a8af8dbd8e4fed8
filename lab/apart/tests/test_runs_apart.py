"""What is asked runs in a process of its own, which may die, hang or grow, and is replaced."""

import os
import re
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import pytest
from django.conf import settings

from lab.apart import dialling
from lab.apart.client import ask, lease, turn
from lab.apart.folders import folder
from lab.apart.options import SOCKET
from lab.apart.state import state
from lab.apart.tests import work
from lab.apart.tests.having import eventually, is_alive
from lab.exceptions import Busy, EngineUnavailable, Left, RunnerEnded, RunnersDown, ShelfMissing
from lab.leaving import calling

pytestmark = pytest.mark.usefixtures("runners")


def idle():
    return sum(not runner.runs for runner in state().runners)


def test_work_is_done_in_another_process():
    assert ask(work.number) not in (os.getpid(), None)
    assert ask(work.add, 2, right=3) == 5


def test_it_has_a_lower_priority_than_the_web():
    assert ask(work.priority) > os.getpriority(os.PRIO_PROCESS, 0)


def test_it_knows_neither_the_sites_database_nor_its_secret():
    secret, database, environment = ask(work.known)
    assert settings.SECRET_KEY not in (secret, *environment.values())
    assert str(settings.DATABASES["default"]["NAME"]) not in database
    assert os.environ["DATABASE_URL"] not in environment.values()


def test_one_request_has_one_runner():
    with turn("a page"):
        first = ask(work.number)
        assert {ask(work.number) for _ in range(5)} == {first}
        assert [runner.pid for runner in state().runners if runner.runs == "a page"] == [first]
    eventually(lambda: idle() == 2)


def test_error_comes_back_as_it_was_raised():
    with pytest.raises(ShelfMissing, match="no such shelf") as caught:
        ask(work.fail)
    assert "in fail" in caught.value.__notes__[0]


def test_cause_of_an_error_comes_too():
    with pytest.raises(EngineUnavailable) as caught:
        ask(work.fail_by_the_disk)
    assert caught.value.__cause__.errno == 28


def test_endless_loop_ends_with_its_process():
    first = ask(work.number)
    with turn("a page"), pytest.raises(RunnerEnded, match="stopped after 1 seconds"):
        ask(work.spin, seconds=1)
    eventually(lambda: state().killed == 1)
    eventually(lambda: idle() == 2)
    assert ask(work.number) != first or len({runner.pid for runner in state().runners}) == 2


@pytest.mark.parametrize(("death", "why"), [(work.die, "signal SIGKILL"), (work.exit, "status 3")])
def test_death_is_told_and_another_takes_its_place(death, why):
    with turn("a page"):
        gone = ask(work.number)
        with pytest.raises(RunnerEnded, match=why):
            ask(death)
        assert ask(work.add, 1) == 2, "the rest of the page is run by another"
    assert not is_alive(gone)
    eventually(lambda: idle() == 2)


def test_kill_from_outside_is_told(tmp_path):
    begun = tmp_path / "begun"
    with ThreadPoolExecutor() as pool:
        run = pool.submit(ask, work.hold, 60, begun)
        os.kill(int(eventually(lambda: begun.exists() and begun.read_text())), signal.SIGKILL)
        with pytest.raises(RunnerEnded, match="SIGKILL"):
            run.result()


def test_memory_has_a_limit():
    with pytest.raises(RunnerEnded, match="300 MiB"):
        ask(work.grow, 400)


def test_runner_that_keeps_much_makes_room_for_another():
    worn = ask(work.leave_behind, 150)
    eventually(lambda: not is_alive(worn))
    assert ask(work.add, 1) == 2


def test_reader_who_leaves_frees_his_place(tmp_path):
    left, begun = [], tmp_path / "begun"

    def run():
        with calling(lambda: bool(left)):
            ask(work.hold, 60, begun)

    with ThreadPoolExecutor() as pool:
        running = pool.submit(run)
        eventually(begun.exists)
        left.append(True)
        with pytest.raises(Left):
            running.result()
    eventually(lambda: idle() == 2)


def test_heavy_work_leaves_a_runner_to_others(tmp_path):
    def heavy(n):
        with turn("curve", heavy=True):
            return ask(work.hold, 2, tmp_path / str(n))

    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(heavy, n) for n in range(2)]
        # The first waits too, for a moment, where runners are only starting.
        holder = eventually(lambda: sum(int(each.read_text() or 0) for each in tmp_path.iterdir()))
        eventually(lambda: state().waiting_heavy == 1)
        assert sum(runner.heavy for runner in state().runners) == 1
        assert ask(work.number) != holder
        assert not any(run.done() for run in runs), "light work went past it"


def test_too_many_are_refused_at_once(tmp_path):
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(ask, work.hold, 3, tmp_path / str(n)) for n in range(2)]
        eventually(lambda: idle() == 0)
        waiting = [pool.submit(ask, work.add, n) for n in range(4)]
        eventually(lambda: state().waiting == 4)
        with pytest.raises(Busy, match="Try again in") as caught:
            ask(work.add, 1)
        assert caught.value.retry_after >= 1
        assert not any(run.done() for run in runs), "nobody has waited for that"
        assert [each.result() for each in waiting] == [1, 2, 3, 4]
    assert state().refused == 1


def test_work_of_one_key_is_done_once(tmp_path):
    made = []

    def make():
        while not made:
            with lease("a curve") as is_mine:
                if is_mine:
                    made.append(ask(work.hold, 1, tmp_path / "begun"))

    with ThreadPoolExecutor() as pool:
        for each in [pool.submit(copy_context().run, make) for _ in range(2)]:
            each.result()
    assert len(made) == 1


def test_broker_that_was_killed_is_started_again():
    first = ask(work.number)
    broker = int(re.search(r"PPid:\s+(\d+)", Path(f"/proc/{first}/status").read_text())[1])
    os.kill(broker, signal.SIGKILL)
    eventually(lambda: not is_alive(first))
    assert ask(work.number) != first


def test_what_earlier_brokers_left_is_removed():
    old, used = (folder().parent / name for name in ("0123456789ab", "ba9876543210"))
    for each in (old, used):
        each.mkdir(parents=True)
        os.utime(each, (1_000, 1_000))
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(used / SOCKET))
        other.listen()
        os.utime(used, (1_000, 1_000))
        ask(work.number)
        eventually(lambda: not old.exists())
        assert used.exists()


def test_runners_that_cannot_start_are_told(monkeypatch):
    monkeypatch.setattr(dialling, "preload", ("there.is.no.such.module",))
    with pytest.raises(RunnersDown, match="before they are ready"):
        ask(work.number)
    assert state().fault


@pytest.mark.parametrize("broken", [work.nested, work.fail_by_the_disk])
def test_runner_survives_what_cannot_be_sent(broken):
    with turn("a page"):
        first = ask(work.number)
        with pytest.raises((RuntimeError, EngineUnavailable)):
            ask(broken)
        assert ask(work.number) == first


def test_what_is_strange_comes_as_its_text():
    stranger, (again, one), told = ask(work.strange)
    assert (str(stranger), repr(again), one) == ("a stranger", "<stranger>", 1)
    assert "Local" in repr(told["class"])


def test_no_function_is_called_by_what_comes_back():
    assert "Evil" in repr(ask(work.evil))


def test_there_is_a_database_of_nobodys():
    assert ask(work.database) == (1,)
