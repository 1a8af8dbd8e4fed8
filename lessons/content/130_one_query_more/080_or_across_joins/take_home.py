from unittest import skipUnless

from django.db import connection
from django.test import TestCase
from optimized import run

from library.models import Book, Customer


class OrAcrossJoinsTests(TestCase):
    fixtures = ["library"]

    def test_finds_what_the_customer_bought_or_reviewed(self):
        customer = Customer.objects.get(email="customer5@example.com")
        bought = {sale.book for sale in customer.sales.all()}
        reviewed = {review.book for review in customer.reviews.all()}
        self.assertTrue(bought - reviewed and reviewed - bought)  # or the test would prove little
        books = Book.objects.filter(pk__in=[book.pk for book in bought | reviewed])
        self.assertEqual(list(run()), [(book.title, book.price) for book in books.order_by("pk")])

    @skipUnless(connection.vendor == "sqlite", "A server reads a table of so few rows whole.")
    def test_begins_from_the_sales_and_the_reviews_of_the_customer(self):
        with self.assertNumQueries(2) as captured:  # for the customer, and for the books
            list(run())
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + captured[1]["sql"])
            plan = str(cursor.fetchall())
        self.assertNotIn("SCAN library_book", plan)
