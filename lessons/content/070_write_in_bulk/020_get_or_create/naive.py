from setup import Drawer

from library.models import Publisher


def run():
    for publisher in Publisher.objects.order_by("pk").select_related("country"):
        country = publisher.country
        if not Drawer.objects.filter(country=country).exists():
            Drawer.objects.create(country=country, label=country.name)
        drawer = Drawer.objects.get(country=country)
        yield publisher.name, drawer.label
