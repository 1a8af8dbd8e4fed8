from library.models import Book


def run():
    yield from Book.objects.order_by("pk").values_list("title", flat=True)
