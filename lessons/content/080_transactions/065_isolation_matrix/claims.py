from django.db import connection


def transactions_do_not_interfere(race):
    """Transactions are isolated: those that run at the same time do not disturb each other."""
    report = race("naive", "alice bob alice bob alice bob")
    return report.kept and all(finish.end == "committed" for finish in report.finishes)


def repeatable_read_loses_no_update(race):
    """At the isolation level repeatable read no update can be lost."""
    return race("p4", "alice bob alice bob alice bob", isolation="repeatable read").kept


def django_sets_read_committed(log):
    """Unless you say otherwise, Django sets the isolation level read committed."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        return connection.connection.isolation_level is not None  # None: psycopg leaves it to the server
    return getattr(connection, "isolation_level", None) == "read committed"
