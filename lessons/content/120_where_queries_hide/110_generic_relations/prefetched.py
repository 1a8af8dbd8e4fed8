from setup import Pick

from library.models import Book


def run():
    for pick in Pick.objects.order_by("pk").prefetch_related("item"):
        item = pick.item
        yield str(item), item.author.name if isinstance(item, Book) else item.country.name
