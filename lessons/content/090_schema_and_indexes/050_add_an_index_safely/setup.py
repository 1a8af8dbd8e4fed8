from contextlib import contextmanager
from threading import Thread

from django.apps import apps
from django.db import OperationalError, connection
from django.db.migrations.state import ProjectState


def migrate(migration_class):
    """Apply one migration as `manage.py migrate` does."""
    migration = migration_class("sold_at", "library")
    with connection.schema_editor(atomic=migration.atomic) as editor:
        migration.apply(ProjectState.from_apps(apps), editor)


def tills_while(work):
    """Call `work` while two tills sell, and return what became of the second sale.

    The first till has written its sale and hesitates. The second comes when `work` waits for it.
    """
    first, second, outcome = connection.copy(), connection.copy(), []
    for till in (first, second):
        till.inc_thread_sharing()

    def sell_meanwhile():
        try:
            _wait_until_something_waits(second)
            outcome.append(_sell(second))
        except OperationalError:  # there is nothing to wait for: `work` has failed
            pass
        finally:
            first.commit()
            first.set_autocommit(True)

    with _closing(first, second):
        first.set_autocommit(False)
        _insert(first)
        second.ensure_connection()
        clerk = Thread(target=sell_meanwhile)
        clerk.start()
        try:
            work()
        except Exception:
            while clerk.is_alive():  # it may not have begun to wait
                second.connection.cancel()
                clerk.join(0.01)
            raise
        finally:
            clerk.join()
    return outcome[0]


def while_a_sale_is_open(work):
    """Call `work` while a till has written its sale and hesitates."""
    till = connection.copy()
    with _closing(till):
        till.set_autocommit(False)
        _insert(till)
        work()


def _sell(till):
    with till.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
    try:
        _insert(till)
    except OperationalError:
        return "the second till has to wait"
    return "the second till sells"


def _insert(till):
    with till.cursor() as cursor:
        cursor.execute(
            "INSERT INTO library_sale (book_id, customer_id, quantity, amount, sold_at)"
            " SELECT book_id, customer_id, quantity, amount, sold_at FROM library_sale WHERE id = 1"
        )


def _wait_until_something_waits(till):
    with till.cursor() as cursor:
        cursor.execute(
            """
            DO $$ BEGIN
                FOR look IN 1..500 LOOP
                    EXIT WHEN EXISTS (
                        SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
                        WHERE NOT granted AND datname = current_database()
                    );
                    PERFORM pg_sleep(0.01);
                END LOOP;
            END $$
            """
        )


@contextmanager
def _closing(*tills):
    try:
        yield
    finally:
        for till in tills:
            till.close()


def setup():
    """Nothing: the shelf is as it is."""
