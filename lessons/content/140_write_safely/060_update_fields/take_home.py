from django.db.models import F
from django.test import TestCase
from optimized import run

from library.models import Book


class UpdateFieldsTests(TestCase):
    fixtures = ["library"]

    def test_no_sale_is_undone(self):
        Book.objects.update(stock=5, sales_count=0)
        run()
        sold = Book.objects.filter(sales_count=1)
        self.assertTrue(sold.exists())  # or the test would prove nothing
        self.assertFalse(sold.exclude(stock=4).exists())
        self.assertFalse(Book.objects.filter(sales_count=0).exclude(stock=5).exists())

    def test_thick_books_are_dearer(self):
        Book.objects.update(pages=500, stock=5)
        prices = dict(Book.objects.values_list("pk", F("price") + 2))
        run()
        self.assertEqual(dict(Book.objects.values_list("pk", "price")), prices)
