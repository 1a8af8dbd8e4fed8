from asgiref.sync import async_to_sync
from django.test import TestCase
from optimized import run


class AsyncViewsTests(TestCase):
    fixtures = ["library"]

    # Not `async def`: there assertNumQueries() raises SynchronousOnlyOperation.
    def test_the_authors_come_with_the_books(self):
        with self.assertNumQueries(1):
            async_to_sync(run)()
