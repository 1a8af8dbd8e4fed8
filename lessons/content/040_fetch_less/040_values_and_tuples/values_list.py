from library.models import Book


def run():
    for (title,) in Book.objects.order_by("pk").values_list("title"):
        yield title
