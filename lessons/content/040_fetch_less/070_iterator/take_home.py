from weakref import WeakSet

from django.db.models.signals import post_init
from django.test import TestCase
from optimized import run

from library.models import Book


class IteratorTests(TestCase):
    fixtures = ["library"]

    def test_a_book_that_is_done_leaves_memory(self):
        in_memory, numbers = WeakSet(), []

        def count(instance, **kwargs):
            in_memory.add(instance)
            numbers.append(len(in_memory))

        post_init.connect(count, sender=Book)
        self.addCleanup(post_init.disconnect, count, sender=Book)
        list(run())
        self.assertEqual(len(numbers), Book.objects.count())
        self.assertLessEqual(max(numbers), 2)  # the one in the loop, and the next one
