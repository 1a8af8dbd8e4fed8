"""Sessions that reach a second database: one of them takes over what the others have committed, as a replica does."""

import pytest

from lab.race.tests.story import story

REPLICATED = """
    from django.db import transaction
    from library.models import Wallet

    def alice():
        Wallet.objects.filter(pk=1).update(balance=7)
        return Wallet.objects.using("replica").get(pk=1).balance

    def bob():
        committed = Wallet.objects.get(pk=1).balance
        with transaction.atomic(using="replica"):
            Wallet.objects.using("replica").filter(pk=1).update(balance=committed)
"""


@pytest.fixture
def replicated(race):
    def run(schedule):
        return race(REPLICATED, schedule, databases=("replica",))

    return run


def read_by(report, session):
    return next(each.result for each in report.finishes if each.session == session)


@pytest.mark.parametrize(
    ("schedule", "is_fresh"),
    [("alice alice bob bob bob", False), ("alice bob alice bob bob", False), ("alice bob bob bob alice", True)],
)
def test_what_is_read_there_is_as_old_as_the_last_turn_of_who_takes_it_over(replicated, schedule, is_fresh):
    report = replicated(schedule)
    assert report.outcome == {"alice": "committed", "bob": "committed"}
    assert (read_by(report, "alice") == 7) == is_fresh
    assert report.schedule == tuple(schedule.split())


def test_steps_say_which_database_was_asked(replicated):
    steps = [step for turn in replicated("alice bob bob bob alice").turns for step in turn.steps]
    assert [(step.session, step.kind, step.beside) for step in steps] == [
        ("alice", "update", ""),
        ("bob", "select", ""),
        ("bob", "update", "replica"),
        ("bob", "transaction", "replica"),
        ("alice", "select", "replica"),
    ]


def test_same_schedule_tells_the_same_story(replicated):
    schedule = "alice bob bob alice bob"
    assert len({repr(story(replicated(schedule))) for _ in range(5)}) == 1


def test_what_is_watched_may_be_there(race):
    def watch():
        from library.models import Wallet

        return list(Wallet.objects.using("replica").filter(pk=1).values("balance"))

    report = race(REPLICATED, "alice bob bob bob", databases=("replica",), watch=watch)
    assert [turn.rows[0]["balance"] for turn in report.turns][-1] == 7
    assert report.rows[0]["balance"] != 7
