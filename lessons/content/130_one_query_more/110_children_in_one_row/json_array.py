from aggregates import JSONArrayAgg

from library.models import Book


def run():
    books = Book.objects.annotate(names=JSONArrayAgg("genres__name"))
    for title, names in books.order_by("pk").values_list("title", "names"):
        yield title, sorted(names)
