from django.db.models import StringAgg, Value

from library.models import Book


def run():
    books = Book.objects.annotate(names=StringAgg("genres__name", Value(";")))
    for title, names in books.order_by("pk").values_list("title", "names"):
        yield title, sorted(names.split(";"))
