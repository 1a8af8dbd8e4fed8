from setup import PickByKey

from library.models import Book


def run():
    picks = PickByKey.objects.select_related("book__author", "author__country", "publisher__country")
    for pick in picks.order_by("pk"):
        item = pick.item
        yield str(item), item.author.name if isinstance(item, Book) else item.country.name
