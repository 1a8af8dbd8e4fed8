"""A session has one connection, which is held however often it is opened."""

import pytest

from lab.exceptions import LabError

LOOKING_TWICE = """
from django.db import connection, transaction
from django.db.models import F

from library.models import Wallet


def alice():
    connection.close()
    with transaction.atomic():
        return [Wallet.objects.get(pk=1).balance == Wallet.objects.get(pk=1).balance]


def bob():
    Wallet.objects.filter(pk=1).update(balance=F("balance") + 1)
"""
LEVELS = {"postgresql": "repeatable read", "mysql": "repeatable read", "sqlite": "wal"}


def test_isolation_holds_on_a_connection_opened_again(race, engine):
    report = race(LOOKING_TWICE, "alice bob alice", isolation=LEVELS[engine.name])
    assert report.outcome == {"alice": "committed", "bob": "committed"}
    assert report.finishes[-1].result == [True]


DEADLOCK = """
from django.db import connection, transaction

from library.models import Wallet


def lock(first, second):
    connection.close()
    with transaction.atomic():
        Wallet.objects.filter(pk=first).update(balance=1)
        Wallet.objects.filter(pk=second).update(balance=1)


def alice():
    lock(1, 2)


def bob():
    lock(2, 1)
"""


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_who_dies_is_decided_on_a_connection_opened_again(race, engine):
    for _ in range(3):
        assert race(DEADLOCK, "alice bob alice bob").outcome == {"alice": "committed", "bob": "deadlock"}


def test_thread_of_a_session_is_refused(race):
    source = """
        from threading import Thread
        from library.models import Wallet

        def alice():
            thread = Thread(target=Wallet.objects.count)
            thread.start()
            thread.join()

        def bob():
            pass
    """
    with pytest.raises(LabError, match="A thread asks the database where one thread alone may"):
        race(source)
