BOTH_READ_FIRST = "alice bob alice bob"


def f_avoids_the_race(race):
    """An `update()` with `F()` is computed in the database, and so it cannot be lost."""
    return _both_reserved(race("optimized", "alice bob")) and _both_reserved(race("optimized", "bob alice"))


def a_version_prevents_it(race):
    """A version column keeps every update from getting lost."""
    return {
        "everybody counts it up": race("version", BOTH_READ_FIRST).kept,
        "one of them writes without it": race("one_does_not_count", "bob alice bob").kept,
    }


def read_again_and_retry(race):
    """If the version has changed, it is enough to read the row again and retry."""
    inside = race("version_in_atomic", BOTH_READ_FIRST)
    repeatable = race("version_in_atomic", "alice bob alice alice bob bob", isolation="repeatable read")
    return {
        "without a transaction around it": _both_reserved(race("version", BOTH_READ_FIRST)),
        "inside `atomic()`": _both_reserved(inside),
        "inside `atomic()` at repeatable read": _both_reserved(repeatable),
    }


def nobody_waits(race):
    """A version column locks nothing, so nobody has to wait."""
    return {
        "without a transaction around it": not _waits(race("version", BOTH_READ_FIRST)),
        "inside `atomic()`": not _waits(race("version_in_atomic", BOTH_READ_FIRST)),
    }


def _both_reserved(report):
    return report.kept and all(finish.result == "reserved" for finish in report.finishes)


def _waits(report):
    return any(step.waited for turn in report.turns for step in turn.steps)
