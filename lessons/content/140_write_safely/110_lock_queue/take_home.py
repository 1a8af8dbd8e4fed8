from threading import Thread
from time import sleep

from django.db import connection, transaction
from django.test import TransactionTestCase
from optimized import bob, carol

from library.models import Book


def on_a_thread(function, results):
    def call():
        try:
            results[function.__name__] = function()
        finally:
            connection.close()

    thread = Thread(target=call)
    thread.start()
    return thread


# In a TestCase all of them would be in one transaction.
class LockQueueTests(TransactionTestCase):
    fixtures = ["library"]

    def tearDown(self):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE library_book DROP COLUMN shelf_mark")

    def test_readers_do_not_wait_for_as_long_as_the_migration(self):
        results = {}
        with transaction.atomic():
            Book.objects.first()  # a report that is not over yet
            migration = on_a_thread(bob, results)
            sleep(0.3)  # the migration waits by now
            on_a_thread(carol, results).join()
            self.assertNotIn("bob", results)
        migration.join()
        self.assertEqual(results.get("bob"), "migrated")
        self.assertEqual(results.get("carol"), Book.objects.get(pk=1).title)
