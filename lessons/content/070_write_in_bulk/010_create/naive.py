from setup import Stand

from library.models import Publisher


def run():
    for publisher in Publisher.objects.order_by("pk"):
        stand = Stand(number=400 + publisher.pk, publisher=publisher, tables=2)
        stand.save()
    return list(Stand.objects.order_by("publisher").values_list("publisher__name", "tables"))
