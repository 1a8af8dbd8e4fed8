import os
import signal
import weakref

import pytest

from lab.management.interrupts import interrupts


class Thing:
    pass


def interrupt(_=None):
    os.kill(os.getpid(), signal.SIGINT)


def test_one_that_python_dropped_is_told_at_the_next_look(capsys):
    thing = Thing()
    with interrupts() as arrived:
        arrived.check()
        reference = weakref.ref(thing, interrupt)
        del thing
        assert reference() is None
        with pytest.raises(KeyboardInterrupt):
            arrived.check()
    assert capsys.readouterr().err == ""


def test_it_ends_a_wait_at_once():
    with pytest.raises(KeyboardInterrupt), interrupts():
        interrupt()
        signal.pause()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_another_error_in_a_callback_is_still_told(monkeypatch):
    told = []
    monkeypatch.setattr("sys.unraisablehook", told.append)
    thing = Thing()
    with interrupts():
        reference = weakref.ref(thing, lambda _: 1 / 0)
        del thing
    assert reference() is None
    assert [each.exc_type for each in told] == [ZeroDivisionError]


def test_the_handler_is_as_before():
    before = signal.getsignal(signal.SIGINT)
    with interrupts():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
