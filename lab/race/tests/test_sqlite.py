"""SQLite's waits are made by the lab: they are told like those of the servers."""

import pytest

from lab.race import Rules, run_race
from lab.recording.places import StackPlaces


def deposit():
    from django.db import transaction
    from django.db.models import F

    from library.models import Wallet

    with transaction.atomic():
        Wallet.objects.filter(pk=1).update(balance=F("balance") + 10)


def look_twice():
    from django.db import transaction

    from library.models import Wallet

    with transaction.atomic():
        return [Wallet.objects.get(pk=1).balance for _ in range(2)]


@pytest.mark.parametrize("isolation", ["deferred", "immediate", "wal"])
def test_wait_is_one_statement(shelf, tmp_path, isolation):
    rules = Rules({"alice": deposit, "bob": deposit})
    report = run_race(
        rules, ["alice", "bob", "alice"], shelf=shelf, places=StackPlaces(tmp_path), isolation=isolation
    )
    assert report.schedule == ("alice", "bob", "alice", "bob")
    assert [wait.session for wait in report.turns[1].waits] == ["bob"]
    waited = report.turns[2].steps[1]
    assert (waited.session, waited.kind, waited.waited_for) == ("bob", "update", ("alice",))
    assert (waited.began, waited.ended, waited.error) == (2, 3, None)
    assert len(waited.before) == 1


@pytest.mark.parametrize(("isolation", "turn"), [("deferred", 3), ("immediate", 2), ("wal", None)])
def test_level_decides_when_a_writer_waits_for_a_reader(shelf, tmp_path, isolation, turn):
    rules = Rules({"alice": deposit, "bob": look_twice})
    report = run_race(
        rules, ["bob", "alice", "alice"], shelf=shelf, places=StackPlaces(tmp_path), isolation=isolation
    )
    waits = [each.number for each in report.turns if each.waits]
    assert waits[:1] == [turn] * (turn is not None)
