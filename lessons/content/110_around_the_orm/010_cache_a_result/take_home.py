from django.core.cache import cache
from django.test import TestCase
from optimized import free_titles

from library.models import Book


class CacheAResultTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        cache.clear()  # a TestCase rolls back the database alone

    def test_an_empty_list_is_cached(self):
        with self.assertNumQueries(1):
            self.assertEqual(free_titles(), [])
        with self.assertNumQueries(0):
            self.assertEqual(free_titles(), [])

    def test_a_list_of_titles_is_cached(self):
        Book.objects.filter(pk=1).update(price=0)
        titles = free_titles()
        self.assertEqual(titles, [Book.objects.get(pk=1).title])
        with self.assertNumQueries(0):
            self.assertEqual(free_titles(), titles)
