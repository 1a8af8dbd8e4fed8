from django.contrib.contenttypes.prefetch import GenericPrefetch
from setup import Pick

from library.models import Author, Book, Publisher


def run():
    items = [
        Book.objects.select_related("author"),
        Author.objects.select_related("country"),
        Publisher.objects.select_related("country"),
    ]
    for pick in Pick.objects.order_by("pk").prefetch_related(GenericPrefetch("item", items)):
        item = pick.item
        yield str(item), item.author.name if isinstance(item, Book) else item.country.name
