SCHEDULE = "alice bob alice bob alice bob bob bob bob"


def one_row_is_made(race):
    """`get_or_create()` is atomic: two who call it at the same moment get the same row."""
    return {
        "a unique constraint on the name": race("optimized", SCHEDULE).kept,
        "no unique constraint": race("naive", SCHEDULE).kept,
    }


def serializable_is_enough(race):
    """Where the constraint is missing, the strictest isolation level keeps the second row out."""
    return race("naive", SCHEDULE, "serializable").kept


def who_comes_late_finds_the_row(race):
    """Whose INSERT meets the constraint looks again, and gets the row that the other has made."""
    return {
        "alone": _bob_finds_it(race("optimized", SCHEDULE)),
        "in a transaction of yours": _bob_finds_it(race("in_a_transaction", SCHEDULE)),
        "in one under repeatable read": _bob_finds_it(race("in_a_transaction", SCHEDULE, "repeatable read")),
    }


def update_or_create_cannot_lose(race):
    """`update_or_create()` locks the row first, so two calls come one after the other."""
    return {
        "under read committed": _bob_finds_it(race("or_updated", SCHEDULE)),
        "under repeatable read": _bob_finds_it(race("or_updated", SCHEDULE, "repeatable read")),
    }


def _bob_finds_it(report):
    results = {finish.session: finish.result for finish in report.finishes}
    return results["bob"] == "found tag 1"
