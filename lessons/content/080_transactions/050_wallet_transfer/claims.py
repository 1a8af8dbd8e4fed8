CROSSING = "alice bob alice bob alice alice alice bob bob bob"


def two_locks_are_safe(race):
    """If each transfer locks both wallets with `select_for_update().get()`, transfers are safe under any load."""
    return _fares(race("naive", CROSSING))


def one_query_in_order(race):
    """If one query locks both wallets, ordered by key, two transfers that cross both arrive."""
    return _fares(race("optimized", CROSSING))


def a_transfer_only_moves_money(race):
    """With both wallets locked, a transfer only moves money: it makes none, and pays nobody who sends."""
    report = race("unchecked", "alice alice alice alice alice bob bob bob bob bob")
    rows = [turn.rows for turn in report.turns]
    return {
        "to oneself": _total(rows[4]) == _total(report.rows),
        "a negative amount: the sender does not get richer": _bobs(rows[-1]) <= _bobs(rows[4]),
    }


def without_locks_updates_are_lost(race):
    """Without `select_for_update()`, two transfers at the same time lose an update."""
    return {
        "one sends between the reads of the other": not race("without_locks", BETWEEN).kept,
        "both read everything first": not race("without_locks", CROSSING).kept,
    }


def no_lock_no_deadlock(race):
    """Without `select_for_update()` there can be no deadlock."""
    return "deadlock" not in race("two_updates", CROSSING).outcome.values()


def once_more_is_enough(race):
    """After a deadlock, run the transaction again, and both transfers arrive."""
    return _fares(race("once_more", CROSSING))


BETWEEN = "alice bob bob bob bob bob alice alice alice alice"


def _fares(report):
    everybody = {finish.end for finish in report.finishes} == {"committed"}
    return {"no money is made or lost": report.kept, "both transfers arrive": everybody}


def _total(rows):
    return sum(row["balance"] for row in rows)


def _bobs(rows):
    return rows[1]["balance"]
