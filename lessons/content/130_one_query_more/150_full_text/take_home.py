import re

from django.test import TestCase
from optimized import run

from library.models import Book


class FullTextTests(TestCase):
    fixtures = ["library"]

    def test_finds_the_word_and_no_part_of_another_one(self):
        books = [book for book in Book.objects.order_by("pk") if re.search(r"\bsea\b", book.description.lower())]
        self.assertEqual(list(run()), [(book.pk, book.title) for book in books])
