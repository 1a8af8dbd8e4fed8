import logging
from contextlib import contextmanager
from functools import partial
from threading import get_ident

from django.db import transaction
from django.test import TestCase

from library.models import Genre


def it_waits_for_the_end_of_the_block(log):
    """`on_commit()` waits until the `atomic()` block around it ends."""
    done, seen = [], {}
    with transaction.atomic():
        with transaction.atomic():
            transaction.on_commit(partial(done.append, "nested"))
        seen["a nested block"] = bool(done)
    seen["the outermost block"] = bool(done)
    transaction.on_commit(partial(done.append, "none"))
    seen["no block"] = done[-1] != "none"
    return seen


def what_was_undone_is_not_announced(log):
    """If a savepoint is rolled back, functions registered with `on_commit()` are never called."""
    done = []
    with transaction.atomic():
        transaction.on_commit(partial(done.append, "outer"))
        _fails(_announced, partial(done.append, "inner"))
        caught = "inner" not in done
    return {
        "the function was registered in the savepoint that is rolled back": caught and "inner" not in done,
        "the function was registered in the transaction around it": "outer" not in done,
    }


def every_function_is_called(log):
    """After the COMMIT every function registered with `on_commit()` is called."""
    return {
        "none of them raises": _called_after() == ["last"],
        "one raises": _called_after(_raise) == ["last"],
        "one raises, with `robust=True`": _called_after(_raise, robust=True) == ["last"],
    }


def a_failing_mail_undoes_the_sale(log):
    """If a function registered with `on_commit()` raises, the transaction is rolled back."""

    def sell():
        with transaction.atomic():
            Genre.objects.create(name="Sold")
            transaction.on_commit(_raise)

    _fails(sell)
    return not Genre.objects.filter(name="Sold").exists()


def a_test_sees_it(log):
    """In a `TestCase` the functions registered with `on_commit()` are called."""
    plain, captured = [], []
    with transaction.atomic():  # as TestCase opens it
        _announce(partial(plain.append, "mail"))
        in_time = bool(plain)
        with TestCase.captureOnCommitCallbacks(execute=True):
            _announce(partial(captured.append, "mail"))
        executed = bool(captured)
        transaction.set_rollback(True)  # and as it ends it
    return {
        "without any help": in_time or bool(plain),
        "inside `captureOnCommitCallbacks(execute=True)`": executed,
    }


def _announce(function):
    with transaction.atomic():
        transaction.on_commit(function)


def _announced(function):
    with transaction.atomic():
        transaction.on_commit(function)
        raise KeyError


def _raise():
    raise KeyError


def _called_after(first=None, *, robust=False):
    called = []

    def register():
        with transaction.atomic():
            if first:
                transaction.on_commit(first, robust=robust)
            transaction.on_commit(partial(called.append, "last"))

    with _unlogged():
        _fails(register)
    return called


@contextmanager
def _unlogged():
    """With `robust=True` Django logs what was raised. This thread's lines are left out of the site's log."""
    logger, thread = logging.getLogger("django.db.backends.base"), get_ident()

    def is_of_another(record):
        return record.thread != thread

    logger.addFilter(is_of_another)
    try:
        yield
    finally:
        logger.removeFilter(is_of_another)


def _fails(function, *arguments):
    try:
        function(*arguments)
    except KeyError:
        return True
    return False
