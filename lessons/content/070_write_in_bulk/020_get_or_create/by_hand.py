from setup import Drawer

from library.models import Publisher


def run():
    for publisher in Publisher.objects.order_by("pk").select_related("country"):
        country = publisher.country
        try:
            drawer = Drawer.objects.get(country=country)
        except Drawer.DoesNotExist:
            drawer = Drawer.objects.create(country=country, label=country.name)
        yield publisher.name, drawer.label
