from unittest.mock import Mock

from django.db.models.signals import post_init
from django.test import TestCase
from optimized import run

from library.models import Book


class ValuesAndTuplesTests(TestCase):
    fixtures = ["library"]

    def test_titles_without_building_books(self):
        titles = [book.title for book in Book.objects.order_by("pk")]
        build = Mock()
        post_init.connect(build, sender=Book)
        self.addCleanup(post_init.disconnect, build, sender=Book)
        self.assertEqual(list(run()), titles)
        build.assert_not_called()
