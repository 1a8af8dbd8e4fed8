from django.db import IntegrityError
from django.test import TestCase
from optimized import sell

from library.models import Book, Customer


# A TestCase never commits, so on_commit() calls nothing: captureOnCommitCallbacks() does.
class OnCommitTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        self.customer = Customer.objects.get(pk=1)
        self.thanked = []

    def test_who_has_a_book_is_thanked_after_the_commit(self):
        Book.objects.filter(pk=1).update(stock=1)
        with self.captureOnCommitCallbacks(execute=True):
            sell(self.customer, thank=self.thanked.append)
            self.assertEqual(self.thanked, [])
        self.assertEqual(self.thanked, [self.customer.pk])

    def test_who_has_no_book_is_not_thanked(self):
        Book.objects.filter(pk=1).update(stock=0)
        with self.captureOnCommitCallbacks(execute=True), self.assertRaises(IntegrityError):
            sell(self.customer, thank=self.thanked.append)
        self.assertEqual(self.thanked, [])
