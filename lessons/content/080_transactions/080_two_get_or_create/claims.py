SCHEDULE = "alice bob alice bob alice bob bob bob bob"


def one_row_is_made(race):
    """`get_or_create()` is atomic: two calls at the same moment return the same row."""
    return {
        "a unique constraint on the name": race("optimized", SCHEDULE).kept,
        "no unique constraint": race("naive", SCHEDULE).kept,
    }


def serializable_is_enough(race):
    """Where the constraint is missing, the isolation level serializable keeps the second row out."""
    return {
        "in autocommit": race("naive", SCHEDULE, "serializable").kept,
        "inside `atomic()`": race("loose_in_a_transaction", SCHEDULE, "serializable").kept,
    }


def who_comes_late_finds_the_row(race):
    """If the INSERT meets the constraint, `get_or_create()` looks again and returns the other one's row."""
    return {
        "in autocommit": _bob_finds_it(race("optimized", SCHEDULE)),
        "inside `atomic()`": _bob_finds_it(race("in_a_transaction", SCHEDULE)),
        "inside `atomic()`, at repeatable read": _bob_finds_it(
            race("in_a_transaction", SCHEDULE, "repeatable read")
        ),
    }


def update_or_create_cannot_lose(race):
    """`update_or_create()` locks the row first, so of two calls the second one waits and finds the row."""
    return {
        "at the default level": _bob_finds_it(race("or_updated", SCHEDULE)),
        "at repeatable read": _bob_finds_it(race("or_updated", SCHEDULE, "repeatable read")),
    }


def _bob_finds_it(report):
    results = {finish.session: finish.result for finish in report.finishes}
    return results["bob"] == "found tag 1"
