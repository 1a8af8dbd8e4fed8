from django.test import TestCase
from optimized import run
from setup import Drawer

from library.models import Country, Publisher


class GetOrCreateTests(TestCase):
    fixtures = ["library"]

    def test_what_is_there_takes_one_query(self):
        list(run())
        with self.assertNumQueries(1 + Publisher.objects.count()):
            list(run())

    def test_two_publishers_of_a_country_share_its_drawer(self):
        country = Country.objects.get(name="Italy")
        Publisher.objects.update(country=country)
        list(run())
        self.assertEqual(Drawer.objects.get().country, country)
