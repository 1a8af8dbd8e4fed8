from django.db import connection

# lock_timeout and statement_timeout on PostgreSQL, then those of MariaDB.
TIMEOUTS = {"55P03", "57014", 1205, 1969}


def wait_at_most(seconds):
    """Let no statement of this transaction wait longer for a lock. On MariaDB: of this connection."""
    _set("lock_timeout", "innodb_lock_wait_timeout", seconds)


def run_at_most(seconds):
    """Let no statement of this transaction take longer, its waits included. On MariaDB: of this connection."""
    _set("statement_timeout", "max_statement_time", seconds)


def is_timeout(error):
    return (getattr(error.__cause__, "sqlstate", None) or error.args[0]) in TIMEOUTS


def _set(on_postgresql, on_mariadb, seconds):
    with connection.cursor() as cursor:
        if connection.vendor == "mysql":
            cursor.execute(f"SET {on_mariadb} = {seconds}")
        else:
            cursor.execute(f"SET LOCAL {on_postgresql} = '{seconds}s'")


def be_idle_at_most(seconds):
    """Let the database close this connection if it does nothing inside a transaction for longer."""
    with connection.cursor() as cursor:
        if connection.vendor == "mysql":
            cursor.execute(f"SET idle_transaction_timeout = {seconds}")
        else:
            cursor.execute(f"SET idle_in_transaction_session_timeout = '{seconds}s'")
