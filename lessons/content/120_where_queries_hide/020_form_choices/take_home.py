from django.test import TestCase
from optimized import run

from library.models import Book


class FormChoicesTests(TestCase):
    fixtures = ["library"]

    def test_all_forms_share_the_choices(self):
        Book.objects.update(published_on=None)  # a form for each book
        with self.assertNumQueries(2):
            run()
