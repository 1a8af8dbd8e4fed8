def transactions_do_not_interfere(race):
    """Isolation: concurrent transactions do not interfere with each other."""
    report = race("naive", "alice bob alice bob alice bob")
    return report.kept and all(finish.end == "committed" for finish in report.finishes)


def repeatable_read_loses_no_update(race):
    """Raise the isolation level to repeatable read, and no update can be lost."""
    return race("p4", "alice bob alice bob alice bob", isolation="repeatable read").kept
