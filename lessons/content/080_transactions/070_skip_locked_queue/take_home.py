from django.test import TransactionTestCase
from in_turns import in_turns
from optimized import alice, bob
from setup import setup


# In a TestCase both sessions would be in one transaction.
class SkipLockedQueueTests(TransactionTestCase):
    def test_the_second_worker_takes_the_next_job(self):
        setup()
        packed = in_turns("alice bob alice bob alice bob", alice=alice, bob=bob)
        self.assertEqual(packed, {"alice": "Parcel 1", "bob": "Parcel 2"})
