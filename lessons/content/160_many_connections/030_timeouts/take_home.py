from threading import Thread

from django.db import connection, transaction
from django.test import TransactionTestCase
from optimized import bob, carol

from library.models import Book


def on_a_thread(function, answers):
    def call():
        try:
            answers[function.__name__] = function()
        finally:
            connection.close()

    thread = Thread(target=call)
    thread.start()
    thread.join(timeout=8)
    return thread


# In a TestCase all of them would be in one transaction.
class TimeoutTests(TransactionTestCase):
    fixtures = ["library"]

    def test_an_open_transaction_keeps_nobody_waiting(self):
        Book.objects.filter(pk__lte=2).update(stock=10)
        answers = {}
        with transaction.atomic():
            Book.objects.filter(pk=2).update(price=9)  # an import that is not over yet
            waiting = on_a_thread(bob, answers)
            on_a_thread(carol, answers)
            told = dict(answers)
        waiting.join()
        self.assertIn("try again", told.get("bob", "no answer yet"))
        self.assertEqual(told.get("carol"), "ordered")
