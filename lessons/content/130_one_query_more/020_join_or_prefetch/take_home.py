import tracemalloc

from django.test import TestCase
from optimized import run
from setup import Ebook, Licence, setup


class WideParentTests(TestCase):
    fixtures = ["library"]

    def test_texts_are_fetched_once(self):
        setup()
        ebook = Ebook.objects.order_by("pk").first()
        Ebook.objects.bulk_create(
            Ebook(title=f"Volume {number}", licence=ebook.licence, contract=ebook.contract)
            for number in range(1_000)
        )
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        sizes = [size for _, size in run()]
        _, peak = tracemalloc.get_traced_memory()
        self.assertEqual(len(sizes), Ebook.objects.count())
        # Less than the texts alone take, if every e-book brings its own.
        self.assertLess(peak, sum(sizes) / 2)
        self.assertEqual(Licence.objects.count(), 5)
