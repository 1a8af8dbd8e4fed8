BOTH_READ_FIRST = "alice bob alice alice bob bob"


def transactions_do_not_interfere(race):
    """Inside `atomic()`, transactions that run at the same time do not disturb each other."""
    return _fares(race("naive", BOTH_READ_FIRST))


def repeatable_read_is_enough(race):
    """At the isolation level repeatable read no update is lost, and nobody is refused."""
    return _fares(race("naive", BOTH_READ_FIRST, isolation="repeatable read"))


def who_waited_goes_on(race):
    """With `select_for_update()` the second session waits, and then goes on with the new row."""
    return {
        "at the default level": _went_on(race("optimized", BOTH_READ_FIRST)),
        "at repeatable read": _went_on(race("optimized", BOTH_READ_FIRST, isolation="repeatable read")),
    }


def atomic_saves_the_sale(race):
    """`atomic()` keeps an update from getting lost that would be lost without it."""
    without, with_it = race("without_atomic", BOTH_READ_FIRST), race("naive", BOTH_READ_FIRST)
    return with_it.kept and not without.kept


def _fares(report):
    return {"no sale is lost": report.kept, "nobody is refused": _all_committed(report)}


def _went_on(report):
    return report.kept and _all_committed(report)


def _all_committed(report):
    return {finish.end for finish in report.finishes} == {"committed"}
