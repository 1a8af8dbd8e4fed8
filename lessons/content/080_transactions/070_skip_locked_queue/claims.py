SCHEDULE = "alice bob alice bob alice bob"


def nobody_waits(race):
    """With `skip_locked=True` two workers never take the same job, and neither waits for the other."""
    report = race("optimized", SCHEDULE)
    return {
        "no job is taken twice": report.kept,
        "nobody waits": not any(turn.waits for turn in report.turns),
        "nobody is refused": _all_committed(report),
    }


def the_second_gets_the_same_job(race):
    """With `select_for_update()` alone the second worker waits, and then gets the same job as the first."""
    results = {finish.session: finish.result for finish in race("one_at_a_time", SCHEDULE).finishes}
    return results["alice"] == results["bob"]


def a_question_needs_a_lock(race):
    """Without `select_for_update()` two workers can take the same job."""
    return {
        "`first()`, then `save()`": not race("naive", SCHEDULE).kept,
        "`update()` with the condition in it": not race("guarded_update", SCHEDULE).kept,
    }


def _all_committed(report):
    return {finish.end for finish in report.finishes} == {"committed"}
