from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from unittest import mock

from django.test import TestCase, TransactionTestCase
from second_customer import elsewhere
from setup import Reading
from verdicts import verdict_of


def threads_see_the_rows(log):
    """A thread of a test sees the rows that the test has made."""

    def sees(self):
        key = Reading.objects.create(title="An evening", seats_left=1).pk
        self.assertTrue(elsewhere(Reading.objects.filter(pk=key).exists))

    def sees_what_the_class_made(self):
        self.assertTrue(elsewhere(Reading.objects.filter(pk=self.reading.pk).exists))

    @classmethod
    def make(cls):
        cls.reading = Reading.objects.create(title="An evening", seats_left=1)

    class_makes = type("Tests", (TestCase,), {"setUpTestData": make, "test": sees_what_the_class_made})
    return {
        "made in a `TestCase`": _passes(TestCase, sees),
        "made in `setUpTestData()`": verdict_of(class_makes, None) == "passes",
        "made in a `TransactionTestCase`": _passes(TransactionTestCase, sees),
    }


def a_failure_in_a_thread_is_told(log):
    """If an assertion fails in a thread, the test fails."""

    def on_a_thread(self):
        thread = Thread(target=self.fail)
        thread.start()
        thread.join()

    def in_an_executor(self):
        with ThreadPoolExecutor() as threads:
            threads.submit(self.fail)

    def in_an_executor_with_result(self):
        with ThreadPoolExecutor() as threads:
            threads.submit(self.fail).result()

    with mock.patch("threading.excepthook"):  # it would print the failure
        return {
            "`Thread`": not _passes(TransactionTestCase, on_a_thread),
            "`ThreadPoolExecutor`": not _passes(TransactionTestCase, in_an_executor),
            "`ThreadPoolExecutor`, and `result()`": not _passes(TransactionTestCase, in_an_executor_with_result),
        }


def a_missing_atomic_is_found(log):
    """A test finds a `select_for_update()` that stands outside of `atomic()`."""

    def lock(self):
        list(Reading.objects.select_for_update())

    return {
        "a `TestCase`": not _passes(TestCase, lock),
        "a `TransactionTestCase`": not _passes(TransactionTestCase, lock),
    }


def _passes(test_case, test):
    return verdict_of(type("Tests", (test_case,), {"test": test}), None) == "passes"
