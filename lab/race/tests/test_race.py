"""Races on every engine: their stories, what sessions wait for, how they end, and that nothing of them is left."""

import os
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from lab.engines.sql import execute, query
from lab.engines.tests.leftovers import leftovers
from lab.exceptions import LabError
from lab.race import Rules, isolation_levels, isolation_settings, run_orders, run_race
from lab.race.mysql import MySQLMonitor
from lab.race.tests.story import story
from lab.recording.bounds import Bounds
from lab.recording.places import StackPlaces
from lab.recording.report import Status
from lab.running import slot
from lab.shelves import Shelf

# Two customers put money into one wallet. The sessions differ in how they read it.
DEPOSITS = """
    from django.db import transaction
    from library.models import Wallet

    def deposit(amount):
        with transaction.atomic():
            wallet = Wallet.objects{lock}.only("balance").get(pk=1)
            wallet.balance += amount
            wallet.save(update_fields=["balance"])

    def alice():
        deposit(10)

    def bob():
        deposit(20)
"""
# Each locks one wallet, then the other's.
CROSSING = """
    from django.db import transaction
    from library.models import Wallet

    def lock(first, second):
        with transaction.atomic():
            Wallet.objects.filter(pk=first).update(balance=1)
            Wallet.objects.filter(pk=second).update(balance=2)

    def alice():
        lock(1, 2)

    def bob():
        lock(2, 1)
"""


def balances(report):
    before, after = (rows[0]["balance"] for rows in (report.rows, report.turns[-1].rows))
    return after - before


def test_lost_update(race, engine):
    report = race(DEPOSITS.format(lock=""))
    if engine.name == "sqlite":  # which lets nobody write who read before another wrote
        assert report.outcome == {"alice": "committed", "bob": "locked"}
        assert balances(report) == 10
    else:
        assert report.outcome == {"alice": "committed", "bob": "committed"}
        assert balances(report) == 20
        assert report.turns[3].waits[0].waits_for == ("alice",)
        assert report.turns[4].steps[1].waited_for == ("alice",)
        assert (report.turns[4].steps[1].began, report.turns[4].steps[1].ended) == (4, 5)


def test_lock_makes_the_other_wait(race, engine):
    report = race(DEPOSITS.format(lock=".select_for_update()"), isolation=_waiting_level(engine))
    assert report.outcome == {"alice": "committed", "bob": "committed"}
    assert balances(report) == 30
    assert report.schedule == ("alice", "bob", "alice", "alice", "bob", "bob")  # bob's third turn was skipped
    assert [wait.waits_for for turn in report.turns for wait in turn.waits] == [("alice",), ("alice",)]


def _waiting_level(engine):
    return "immediate" if engine.name == "sqlite" else None


def test_step_tells_its_line_its_rows_and_what_came_before(race, engine):
    step = race(DEPOSITS.format(lock="")).turns[0].steps[0]
    assert (step.session, step.kind, step.rows, step.affected) == ("alice", "select", 1, 0)
    assert step.values[0][0] == 1
    assert step.place.line == 7
    assert step.before == ("BEGIN",)


def test_rows_are_those_committed(race, engine):
    report = race(DEPOSITS.format(lock=""), "alice alice alice bob bob bob")
    first = report.rows[0]["balance"]
    assert [turn.rows[0]["balance"] - first for turn in report.turns] == [0, 0, 10, 10, 10, 30]


def test_deadlock_ends_the_session_that_closes_the_circle(race, engine):
    report = race(CROSSING, "alice bob alice bob")
    if engine.name == "sqlite":  # one writes, the other waits: there is no circle
        assert report.outcome == {"alice": "committed", "bob": "committed"}
    else:
        assert report.outcome == {"alice": "committed", "bob": "deadlock"}
        assert [step.session for step in report.turns[3].steps] == ["bob", "alice"]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_deadlock_ends_without_a_superuser_too_and_is_told_to_be_chance(race, engine, settings):
    with engine._admin() as admin:
        execute(admin, "CREATE ROLE clerk LOGIN CREATEDB")
        execute(admin, "CREATE DATABASE a_shop OWNER clerk")
    settings.POSTGRES_URL = f"postgres://clerk@/a_shop?host={engine.address.server.data}"
    shelf = Shelf(books=3, engine_name="postgresql")
    shelf.build()
    report = race(CROSSING, "alice bob alice bob", shelf=shelf)
    assert sorted(report.outcome.values()) == ["committed", "deadlock"]
    assert "only a superuser decides it" in report.remark
    shelf.engine.drop(3)
    with engine._admin() as admin:
        execute(admin, "DROP DATABASE a_shop")
        execute(admin, "DROP ROLE clerk")


@pytest.mark.parametrize("source", [DEPOSITS.format(lock=""), CROSSING])
def test_same_schedule_gives_the_same_story(race, source):
    first, *others = (race(source) for _ in range(5))
    assert [story(other) for other in others] == [story(first)] * 4


@pytest.mark.soak
@pytest.mark.parametrize(
    "source",
    [DEPOSITS.format(lock=""), DEPOSITS.format(lock=".select_for_update()"), CROSSING],
    ids=["lost update", "lock", "deadlock"],
)
def test_same_schedule_gives_the_same_story_a_hundred_times(race, source):
    first = story(race(source))
    for _ in range(99):
        assert story(race(source)) == first


@pytest.mark.parametrize(
    ("body", "ends"),
    [
        ("return 1", "committed"),
        ("Wallet.objects.filter(pk=1).update(balance=1); raise ValueError('no')", "rolled back"),
        ("transaction.set_rollback(True)", "rolled back"),
        ("Genre.objects.create(pk=1, name='Twice')", "integrity error"),
        ("1 / 0", "rolled back"),
    ],
)
def test_how_a_session_ends(race, body, ends):
    report = race(
        f"""
        from django.db import transaction
        from library.models import Genre, Wallet

        def alice():
            with transaction.atomic():
                Wallet.objects.get(pk=1)
                {body}

        def bob():
            return Wallet.objects.count()
        """
    )
    assert report.outcome["alice"] == ends
    assert [finish.result for finish in report.finishes if finish.session == "bob"] == [5]


def test_error_outside_a_transaction(race):
    report = race("def alice(): 1 / 0\ndef bob(): pass\n")
    assert report.outcome == {"alice": "error", "bob": "committed"}
    assert report.turns == ()


def test_nowait_is_refused_at_once(race, engine):
    report = race(
        """
        from django.db import transaction
        from library.models import Wallet

        def alice():
            with transaction.atomic():
                Wallet.objects.select_for_update(nowait=True).get(pk=1)

        bob = alice
        """,
        "alice bob bob alice",
    )
    # MariaDB tells it with the words of a wait that took too long; on SQLite, Django leaves FOR UPDATE out.
    ends = {"postgresql": "locked", "mysql": "lock timeout", "sqlite": "committed"}
    assert report.outcome == {"alice": "committed", "bob": ends[engine.name]}
    assert [turn.waits for turn in report.turns] == [()] * len(report.turns)


def test_serialization_failure(race, engine):
    level = {"sqlite": "wal"}.get(engine.name, "repeatable read")
    ends = {"sqlite": "locked", "postgresql": "serialization failure", "mysql": "committed"}
    report = race(DEPOSITS.format(lock=""), isolation=level)
    assert report.outcome == {"alice": "committed", "bob": ends[engine.name]}


def test_three_sessions(race, engine):
    source = DEPOSITS.format(lock=".select_for_update()") + "\n    def carol():\n        deposit(40)\n"
    report = race(source, "alice bob carol " * 3, isolation=_waiting_level(engine))
    assert set(report.outcome.values()) == {"committed"}
    assert balances(report) == 70
    assert {wait.session for wait in report.turns[2].waits} == {"bob", "carol"}


def test_invariant_is_told_with_its_words(race):
    rules = {"invariant": lambda results: (results["alice"] == results["bob"], f"{results} are equal")}
    report = race("def alice(): return 1\ndef bob(): return 2\n", rules=rules)
    assert (report.kept, report.words) == (False, "{'alice': 1, 'bob': 2} are equal")
    assert report.outcome["invariant"] == "broken"
    assert race("def alice(): pass\ndef bob(): pass\n").kept is None


def test_look_shows_what_a_session_sees_and_ends_the_race(race, engine):
    source = DEPOSITS.format(lock="")
    report = race(source, "alice alice", look="alice")
    assert report.schedule == ("alice", "alice")
    assert report.seen[0]["balance"] - report.turns[-1].rows[0]["balance"] == 10
    assert report.kept is None
    assert race(source, "alice alice", look="bob").seen == report.rows


def test_look_of_a_session_that_waits_is_none(race, engine):
    report = race(
        DEPOSITS.format(lock=".select_for_update()"), "alice bob", look="bob", isolation=_waiting_level(engine)
    )
    assert report.seen is None
    assert report.turns[-1].waits[0].session == "bob"


def test_orders_are_all_that_there_are(race, engine):
    source = """
        from library.models import Wallet

        def alice():
            for _ in range(2):
                Wallet.objects.count()

        bob = alice
    """
    orders = run_orders(lambda schedule: race(source, " ".join(schedule)))
    assert orders.is_complete
    assert [" ".join(report.schedule) for report in orders.reports] == [
        "alice alice bob bob",
        "alice bob alice bob",
        "alice bob bob alice",
        "bob alice alice bob",
        "bob alice bob alice",
        "bob bob alice alice",
    ]
    sample = run_orders(lambda schedule: race(source, " ".join(schedule)), most=3)
    assert not sample.is_complete
    assert len(sample.reports) == 3


def test_orders_tell_which_break_the_invariant(race, engine):
    def kept():
        from library.models import Wallet

        return Wallet.objects.get(pk=1).balance == start + 30, ""

    start = race(DEPOSITS.format(lock="")).rows[0]["balance"]
    orders = run_orders(
        lambda schedule: race(DEPOSITS.format(lock=""), " ".join(schedule), rules={"invariant": kept})
    )
    assert 0 < len(orders.broken) < len(orders.reports)
    assert ("alice", "alice", "alice", "bob", "bob", "bob") not in {report.schedule for report in orders.broken}


STUCK = """
    from threading import Event
    from library.models import Wallet

    def alice():
        Wallet.objects.count()
        Event().wait(3)

    def bob():
        Wallet.objects.count()
"""
WAITING = """
    from django.db import connection, transaction
    from library.models import Wallet

    def alice():
        connection.set_autocommit(False)
        Wallet.objects.filter(pk=1).update(balance=1)
        {more}

    def bob():
        with transaction.atomic():
            Wallet.objects.filter(pk=1).update(balance=2)
"""


def test_stuck_race_is_ended_by_its_bound(race, engine, monkeypatch):
    monkeypatch.setattr("lab.race.conductor._PATIENCE", 0.2)
    report = race(STUCK, bounds=Bounds(seconds=1))
    assert (report.status, report.error) == (Status.STOPPED, "stopped after 1 seconds")
    assert leftovers(engine) == []
    next(thread for thread in threading.enumerate() if thread.name == "alice").join()


def test_session_that_waits_is_ended_with_a_race_that_is_broken_off(race, engine):
    source = WAITING.format(more="Wallet.objects.count()")
    report = race(source, "alice bob", look="alice")
    assert report.turns[-1].waits[0].session == "bob"
    _assert_nothing_is_left(engine)


def test_transaction_that_is_left_open_is_rolled_back(race, engine):
    report = race(WAITING.format(more="pass"), "bob bob alice")
    assert report.turns[-1].rows[0]["balance"] == 2


def test_bound_of_a_session_ends_the_race(race, engine):
    report = race(DEPOSITS.format(lock=""), bounds=Bounds(queries=1))
    assert (report.status, report.error) == (Status.STOPPED, "stopped after 1 statements")


def test_many_races_at_once_leave_nothing(race, engine, monkeypatch):
    _run_at_once(10, race, engine, monkeypatch)


@pytest.mark.soak
def test_fifty_races_at_once_leave_nothing(race, engine, monkeypatch):
    _run_at_once(50, race, engine, monkeypatch)


def _run_at_once(many, race, engine, monkeypatch):
    monkeypatch.setattr(slot, "PATIENCE", 600)

    def run(number):
        try:
            return race(CROSSING if number % 2 else DEPOSITS.format(lock="")).status
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        assert set(pool.map(run, range(many))) == {Status.OK}
    _assert_nothing_is_left(engine)


def _assert_nothing_is_left(engine):
    assert [thread.name for thread in threading.enumerate() if thread.name in {"alice", "bob", "carol"}] == []
    assert leftovers(engine) == []
    if engine.name == "postgresql":
        _assert_no_connection(engine, "SELECT count(*) FROM pg_stat_activity WHERE datname LIKE %s")
    elif engine.name == "mysql":
        _assert_no_connection(engine, "SELECT count(*) FROM information_schema.processlist WHERE db LIKE %s")


def _assert_no_connection(engine, sql):
    with engine._admin() as admin:
        for _ in range(100):  # a server notices in a moment that its client has gone
            ((many,),) = query(admin, sql, [f"{engine.address.prefix}_scratch_%"])
            if not many:
                return
            time.sleep(0.05)
    pytest.fail(f"{many} connections are left.")


def test_killed_race_leaves_no_copy_after_the_next_start(engine, engine_shelves):
    code = """
        import sys, threading, django
        django.setup()
        from library.models import Wallet
        from lab.recording.places import StackPlaces
        from lab.race import Rules, run_race
        from lab.shelves import Shelf

        def alice():
            Wallet.objects.filter(pk=1).update(balance=1)
            print("racing", flush=True)
            threading.Event().wait()

        def bob():
            Wallet.objects.filter(pk=1).update(balance=2)

        shelf = Shelf(books=10, engine_name=sys.argv[1])
        run_race(Rules({"alice": alice, "bob": bob}), ["alice"], shelf=shelf, places=StackPlaces("/"))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), engine.name]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout.readline() == "racing\n"
    assert len(leftovers(engine)) == 1
    process.kill()
    process.communicate()
    for _ in range(100):
        engine.sweep()
        if not leftovers(engine):
            break
        time.sleep(0.1)
    assert leftovers(engine) == []


def test_race_leaves_the_shelf_as_it_was(race, engine, engine_shelves):
    before = engine.checksum(10)
    race(DEPOSITS.format(lock=""))
    assert engine.checksum(10) == before


def test_server_tells_what_its_levels_depend_on(engine, engine_shelves):
    settings = isolation_settings(engine_shelves[10])
    if engine.label == "MariaDB":
        assert settings.keys() == {"innodb_snapshot_isolation"}
        assert set(settings.values()) <= {"ON", "OFF"}
    else:
        assert settings == {}


def test_races_on_copies_of_one_template_do_not_meet(race, engine, engine_shelves):
    def prepare():
        from library.models import Wallet

        Wallet.objects.update(balance=7)

    with engine_shelves[10].copy(prepare=prepare) as template:
        reports = [race(DEPOSITS.format(lock=""), "alice alice alice", template=template) for _ in range(2)]
        assert len(leftovers(engine)) == 1
    assert [report.rows[0]["balance"] for report in reports] == [7, 7]
    assert story(reports[0]) == story(reports[1])
    assert leftovers(engine) == []


SETTINGS_OF_A_SESSION = """
    from django.db import connection

    def alice():
        with connection.cursor() as cursor:
            cursor.execute("SELECT {settings}")
            return cursor.fetchone()

    bob = alice
"""


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_is_told_the_level(race, engine):
    source = SETTINGS_OF_A_SESSION.format(settings="current_setting('transaction_isolation')")
    for level in isolation_levels(engine.name):
        assert race(source, isolation=level).finishes[0].result == (level,)


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_mariadb_is_told_the_level_whatever_its_own_settings_are(race, engine):
    source = SETTINGS_OF_A_SESSION.format(settings="@@tx_isolation, @@innodb_snapshot_isolation")
    told = {level: race(source, isolation=level).finishes[0].result for level in isolation_levels(engine.name)}
    assert told.pop("snapshot") == ("REPEATABLE-READ", 1)
    assert told == {level: (level.upper().replace(" ", "-"), 0) for level in told}


@pytest.mark.parametrize("engine", ["mysql"], indirect=True)
def test_level_that_the_server_lacks_says_so(race, engine, monkeypatch):
    monkeypatch.setattr(MySQLMonitor, "settings", lambda *_: {})
    report = race(DEPOSITS.format(lock=""), isolation="snapshot")
    assert report.status == Status.UNAVAILABLE
    assert "needs innodb_snapshot_isolation, which MariaDB has from 10.6.18" in report.error
    assert race(DEPOSITS.format(lock=""), isolation="repeatable read").status == Status.OK


def test_unknown_level_says_which_there_are(race, engine):
    with pytest.raises(LabError, match="no isolation level “chaos” on this engine"):
        race(DEPOSITS.format(lock=""), isolation="chaos")


def test_error_is_told_without_the_names_of_a_run(race, engine):
    source = """
        from django.db import connection, transaction

        def alice():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM no_such_table")

        def bob():
            with transaction.atomic(), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("ROLLBACK TO SAVEPOINT s123_x9")
    """
    report = race(source, "alice alice bob bob bob")
    errors = [step.error for turn in report.turns for step in turn.steps if step.error]
    assert "no_such_table" in errors[0]
    assert "x9" not in "".join(errors)
    assert "_scratch_" not in "".join(errors + [finish.error for finish in report.finishes])
    assert len(errors) >= 2


def divide():
    return 1 / 0


def ask_for_no_table():
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")


@pytest.mark.parametrize("what", ["watch", "invariant"])
@pytest.mark.parametrize(
    ("rule", "fault"),
    [(divide, "ZeroDivisionError"), (ask_for_no_table, "(Operational|Programming)Error: .*no_such_table")],
)
def test_fault_of_the_rules_is_told(engine_shelves, tmp_path, what, rule, fault):
    rules = Rules({"alice": lambda: 1, "bob": lambda: 2}, **{what: rule})
    with pytest.raises(LabError, match=rf"The race’s {what}\(\) fails: {fault}"):
        run_race(rules, [], shelf=engine_shelves[10], places=StackPlaces(tmp_path))


def test_wait_has_its_parameters(race, engine):
    report = race(CROSSING, "alice bob alice bob")
    assert report.turns[1 if engine.name == "sqlite" else 2].waits[0].params[1] in {1, 2}


def test_session_of_a_race_that_is_broken_off_does_nothing_more(engine_shelves, tmp_path):
    went_on = []

    def alice():
        from library.models import Wallet

        for _ in range(3):
            Wallet.objects.count()
            went_on.append("alice")

    rules = Rules({"alice": alice, "bob": lambda: None})
    run_race(rules, ["alice"], shelf=engine_shelves[10], places=StackPlaces(tmp_path), look="alice")
    assert went_on == ["alice"]
