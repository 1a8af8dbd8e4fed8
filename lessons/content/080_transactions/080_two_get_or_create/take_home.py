from django.test import TransactionTestCase
from in_turns import in_turns
from optimized import alice, bob
from race import watch


# In a TestCase both sessions would be in one transaction.
class TwoGetOrCreateTests(TransactionTestCase):
    def test_both_look_before_either_inserts(self):
        results = in_turns("alice bob alice bob alice bob bob", alice=alice, bob=bob)
        tags = watch()
        self.assertEqual(len(tags), 1)
        self.assertEqual(results["alice"], f"made tag {tags[0]['id']}")
        self.assertEqual(results["bob"], f"found tag {tags[0]['id']}")
