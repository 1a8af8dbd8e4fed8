from unittest import TestResult, defaultTestLoader, mock

from django.test import TransactionTestCase


def verdict_of(test_case, way):
    """What a test runner says of a test that sells a seat this way."""
    # A module of its own: the suite would call setUpModule() of the one that it is in, a second time.
    tests = type("Tests", (test_case,), {"sell": staticmethod(way), "__module__": "on_trial"})
    result = TestResult()
    # It would empty every table: not needed on this copy of the shelf, which is thrown away.
    with mock.patch.object(TransactionTestCase, "_fixture_teardown"):
        defaultTestLoader.loadTestsFromTestCase(tests).run(result)
    return "passes" if result.wasSuccessful() else "fails"
