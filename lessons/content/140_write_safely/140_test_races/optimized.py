from django.test import TransactionTestCase
from second_customer import with_a_second_customer
from setup import Reading
from shop import WAYS, in_one_update
from verdicts import verdict_of


class LastSeatTests(TransactionTestCase):
    sell = staticmethod(in_one_update)

    def test_it_is_sold_once(self):
        reading = Reading.objects.create(title="An evening", seats_left=1)
        sold = with_a_second_customer(lambda: self.sell(reading.pk))
        self.assertCountEqual(sold, ["sold", "sold out"])


def run():
    for way in WAYS:
        yield way.__name__, verdict_of(LastSeatTests, way)
