from django.test import TestCase
from optimized import run
from setup import REMOVED_AT, Wish, setup


class SoftDeleteTests(TestCase):
    fixtures = ["library"]

    def setUp(self):
        setup()

    # A join knows no manager: the removed wish is still in the table.
    def test_a_removed_wish_is_not_counted(self):
        Wish.all_objects.update(removed_at=None)
        self.assertEqual({number for _, number in run()}, {3})
        wish = Wish.objects.order_by("pk")[0]
        Wish.objects.filter(pk=wish.pk).update(removed_at=REMOVED_AT)
        self.assertIn((wish.wish_list.name, 2), list(run()))

    def test_a_list_without_a_wish_is_in_the_answer(self):
        Wish.objects.update(removed_at=REMOVED_AT)
        self.assertEqual({number for _, number in run()}, {0})
