from django.test import TestCase
from optimized import run

from library.models import Book, Review, Sale


class SeveralAggregatesTests(TestCase):
    fixtures = ["library"]

    # With one sale or one review of a book, the wrong counts are right.
    def test_three_sales_and_two_reviews(self):
        book = Book.objects.get(pk=1)
        for model, number in (Sale, 3), (Review, 2):
            model.objects.filter(pk__lte=number).update(book=book)
            model.objects.filter(pk__gt=number).delete()
        self.assertIn((book.title, 3, 2), list(run()))

    def test_no_sales_and_no_reviews(self):
        Sale.objects.all().delete()
        Review.objects.all().delete()
        books = Book.objects.order_by("pk")
        self.assertEqual(list(run()), [(book.title, 0, 0) for book in books])
