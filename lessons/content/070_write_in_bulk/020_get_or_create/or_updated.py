from setup import Drawer

from library.models import Publisher


def run():
    for publisher in Publisher.objects.order_by("pk").select_related("country"):
        country = publisher.country
        drawer, _ = Drawer.objects.update_or_create(country=country, defaults={"label": country.name})
        yield publisher.name, drawer.label
