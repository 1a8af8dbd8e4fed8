from django.test import TestCase
from optimized import run

from library.models import Book, Customer, Sale


class UpdateWithFTests(TestCase):
    fixtures = ["library"]

    # With one sale of the book, adding in Python gives the right stock as well.
    def test_two_sales_of_one_book_are_both_returned(self):
        customer = Customer.objects.get(country__name="Kenya")
        book = Book.objects.get(pk=1)
        Sale.objects.filter(pk__in=[1, 2]).update(book=book, customer=customer, quantity=3)
        Sale.objects.exclude(pk__in=[1, 2]).delete()
        run()
        old = book.stock
        book.refresh_from_db()
        self.assertEqual(book.stock, old + 6)
