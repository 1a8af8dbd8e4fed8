from django.test import TestCase
from optimized import run

from library.models import Author, Book


class ExcludeTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        self.author = Author.objects.filter(books=None)[0]
        self.one, self.other = Book.objects.all()[:2]

    def write(self, book, **values):
        Book.objects.filter(pk=book.pk).update(author=self.author, **values)

    def test_a_slim_book_that_is_cheap_excludes_its_author(self):
        self.write(self.one, pages=100, price=5)
        self.assertNotIn(self.author.name, run())

    def test_a_slim_book_and_a_cheap_one_do_not(self):
        self.write(self.one, pages=100, price=50)
        self.write(self.other, pages=900, price=5)
        self.assertIn(self.author.name, run())
