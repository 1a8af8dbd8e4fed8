CROSSING = "alice bob alice bob alice alice alice bob bob bob"


def two_locks_are_safe(race):
    """Lock both wallets with `select_for_update().get()`, and transfers are safe under any load."""
    return _fares(race("naive", CROSSING))


def one_query_in_order(race):
    """Lock both in one query, in the order of their keys, and transfers that cross wait for each other."""
    return _fares(race("optimized", CROSSING))


def a_transfer_only_moves_money(race):
    """With both wallets locked a transfer moves money, and neither makes nor takes any."""
    report = race("unchecked", "alice alice alice alice alice bob bob bob bob bob")
    rows = [turn.rows for turn in report.turns]
    return {
        "to oneself": _total(rows[4]) == _total(report.rows),
        "of a negative amount: the sender is no richer": _bobs(rows[-1]) <= _bobs(rows[4]),
    }


def without_locks_updates_are_lost(race):
    """Without `select_for_update()`, transfers at the same time lose updates."""
    return {
        "one reads between the other's read and write": not race("without_locks", BETWEEN).kept,
        "both read everything first": not race("without_locks", CROSSING).kept,
    }


def no_lock_no_deadlock(race):
    """Who calls no `select_for_update()` cannot run into a deadlock."""
    return "deadlock" not in race("two_updates", CROSSING).outcome.values()


def once_more_is_enough(race):
    """A deadlock is no fault: run the transaction again, and both transfers arrive."""
    return _fares(race("once_more", CROSSING))


BETWEEN = "alice bob bob bob bob bob alice alice alice alice"


def _fares(report):
    everybody = {finish.end for finish in report.finishes} == {"committed"}
    return {"no money is made or lost": report.kept, "both transfers arrive": everybody}


def _total(rows):
    return sum(row["balance"] for row in rows)


def _bobs(rows):
    return rows[1]["balance"]
