from django.contrib.postgres.aggregates import ArrayAgg

from library.models import Book


def run():
    books = Book.objects.annotate(names=ArrayAgg("genres__name"))
    for title, names in books.order_by("pk").values_list("title", "names"):
        yield title, sorted(names)
