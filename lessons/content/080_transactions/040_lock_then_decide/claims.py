from django.db import NotSupportedError, transaction
from django.db.transaction import TransactionManagementError

from library.models import Wallet

AT_ONCE = "alice carol bob alice bob alice bob"
BOTH_LOOK_FIRST = "alice bob carol alice bob alice alice bob bob"


def the_others_wait(race):
    """`select_for_update()` makes everybody else wait until the transaction ends."""
    locked, unlocked = race("optimized", AT_ONCE), race("one_without_a_lock", AT_ONCE)
    return {
        "whoever locks the row too": _waited(locked, "bob", "select"),
        "whoever only reads it": _waited(locked, "carol", "select"),
        "whoever writes it without a lock": _waited(unlocked, "bob", "update"),
    }


def the_balance_is_right(race):
    """If you lock the wallet, you decide on a balance that nobody else can change."""
    return {
        "everybody locks it, and decides on what the lock returned": race("optimized", AT_ONCE).kept,
        "one of them does not lock it": race("one_without_a_lock", AT_ONCE).kept,
        "everybody reads first, and locks later": race("lock_after_the_look", BOTH_LOOK_FIRST).kept,
    }


def only_that_row(race):
    """`select_for_update()` locks one wallet, so only those who want the same wallet have to wait."""
    report = race("locks_the_customer", "alice carol alice alice bob bob")
    return not _waited(report, "carol", "insert") and report.outcome["carol"] == "committed"


def every_engine_locks(log):
    """`select_for_update()` works on every database that Django supports."""
    return {
        "the SQL contains FOR UPDATE": _locks(log, lambda wallets: wallets.select_for_update()),
        "outside `atomic()` it is an error": _is_refused_outside(),
        "`nowait=True`": _locks(log, lambda wallets: wallets.select_for_update(nowait=True)),
        '`of=("self",)`': _locks(log, lambda wallets: wallets.select_for_update(of=("self",))),
        "`no_key=True`": _locks(log, lambda wallets: wallets.select_for_update(no_key=True)),
    }


def it_locks_what_it_finds(log):
    """Whatever you do with a queryset that has `select_for_update()`, its rows are locked."""
    questions = {
        "`.get()`": lambda wallets: wallets.get(pk=1),
        "`.exists()`": lambda wallets: wallets.exists(),
        "`.count()`": lambda wallets: wallets.count(),
        "nothing: the queryset is never evaluated": lambda wallets: wallets.filter(pk=1),
    }
    return {name: _asks_for_a_lock(log, question) for name, question in questions.items()}


def _waited(report, session, kind):
    steps = [step for turn in report.turns for step in turn.steps if (step.session, step.kind) == (session, kind)]
    return any(step.waited for step in steps)


def _locks(log, change):
    try:
        return _asks_for_a_lock(log, lambda wallets: list(change(Wallet.objects.filter(pk=1))))
    except NotSupportedError:
        return False


def _asks_for_a_lock(log, question):
    before = len(log)
    with transaction.atomic():
        question(Wallet.objects.select_for_update())
    return any(" FOR " in query.sql for query in list(log)[before:])


def _is_refused_outside():
    try:
        Wallet.objects.select_for_update().get(pk=1)
    except TransactionManagementError:
        return True
    return False
