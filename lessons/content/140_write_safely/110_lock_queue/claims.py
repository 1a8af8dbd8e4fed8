from django.db import OperationalError, connection, migrations, models
from setup import give_up_after, migrate

BEHIND = "alice bob carol carol wait alice alice bob bob"


def reading_locks_nothing(race):
    """A report only reads, so it locks nothing, and no migration has to wait for it."""
    return not _waited(race("naive", BEHIND), "bob")


def a_small_change_is_harmless(race):
    """To add a nullable column takes milliseconds, so it is safe on a site that is in use."""
    return {
        "no transaction has read the table": race("naive", "alice alice alice bob bob carol carol").kept,
        "one has read it, and is open": race("naive", BEHIND).kept,
    }


def it_limits_the_statement(log):
    """With a `lock_timeout` of one second no statement runs for longer than a second."""
    give_up_after(1)
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT SLEEP(1.2)" if connection.vendor == "mysql" else "SELECT pg_sleep(1.2)")
        except OperationalError:
            return True
    return False


def a_new_table_touches_no_other(log):
    """To create a table is safe at any time, because nobody uses it yet."""
    return {
        "without a foreign key": _is_made(models.IntegerField(), "UPDATE library_book SET stock = 1"),
        "with a foreign key to books, while a transaction has read them": _is_made(
            _key(), "SELECT stock FROM library_book"
        ),
        "with a foreign key to books, while a transaction has changed one": _is_made(
            _key(), "UPDATE library_book SET stock = 1 WHERE id = 1"
        ),
    }


def _waited(report, session):
    return any(step.waited for turn in report.turns for step in turn.steps if step.session == session)


def _key():
    return models.ForeignKey("library.Book", models.CASCADE, related_name="+")


def _is_made(field, meanwhile):
    """Whether a table with this field can be made while another session's transaction is open."""
    model = migrations.CreateModel("Mark", [("id", models.BigAutoField(primary_key=True)), ("book", field)])
    other = connection.copy()
    other.inc_thread_sharing()
    other.set_autocommit(False)
    give_up_after(1)
    try:
        with other.cursor() as cursor:
            cursor.execute(meanwhile)
            cursor.fetchall() if cursor.description else None
        migrate(type("Migration", (migrations.Migration,), {"operations": [model]}))
    except OperationalError:
        return False
    finally:
        other.rollback()
        other.close()
        connection.close()  # where its last statements fail, a schema editor leaves its transaction open
        connection.connect()
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS library_mark")
    return True
