from django.test import TestCase
from optimized import LONG, run

from library.models import Book


class ExtraTests(TestCase):
    fixtures = ["library"]

    def test_an_author_of_a_long_book_is_listed_with_the_short_ones(self):
        Book.objects.update(pages=LONG)
        long_book = Book.objects.get(pk=1)
        long_book.pages = LONG + 1
        long_book.save()
        books = long_book.author.books.order_by("pk").values_list("title", "pages")
        self.assertGreater(len(books), 1)
        self.assertEqual([(title, pages) for _, title, pages in run()], list(books))
