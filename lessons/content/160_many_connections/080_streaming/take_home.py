from accident import lose_connection
from django.db import connection
from django.test import TransactionTestCase
from optimized import books

from library.models import Book


# A TestCase is one transaction, and a transaction does not survive its connection.
class StreamingTests(TransactionTestCase):
    fixtures = ["library"]

    def setUp(self):
        self.addCleanup(connection.close)

    def test_the_export_goes_on_after_a_lost_connection(self):
        keys = []
        for book in books(size=3):
            keys.append(book.pk)
            if len(keys) == 4:
                lose_connection()
        self.assertEqual(keys, list(Book.objects.order_by("pk").values_list("pk", flat=True)))
