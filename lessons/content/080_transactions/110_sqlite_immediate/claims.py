SCHEDULE = "alice bob alice bob alice bob"


def locks_everywhere(race):
    """`select_for_update()` inside `atomic()` works on every database: the second session waits."""
    report = race("locked", SCHEDULE)
    return {
        "the SQL contains FOR UPDATE": any(
            "FOR UPDATE" in step.sql for turn in report.turns for step in turn.steps
        ),
        "the second waits, and both sell": _both_sell(report),
    }


def order_does_not_matter(race):
    """Inside a transaction it does not matter whether you read before you write or after."""
    return _both_sell(race("naive", SCHEDULE)) == _both_sell(race("optimized", SCHEDULE))


def _both_sell(report):
    return report.kept and report.outcome["alice"] == report.outcome["bob"] == "committed"
