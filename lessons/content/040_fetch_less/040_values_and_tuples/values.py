from library.models import Book


def run():
    for row in Book.objects.order_by("pk").values("title"):
        yield row["title"]
