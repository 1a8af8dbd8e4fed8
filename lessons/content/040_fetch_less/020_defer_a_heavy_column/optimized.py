from library.models import Book

COLUMNS = [
    "isbn",
    "title",
    "author_id",
    "publisher_id",
    "editor_id",
    "price",
    "pages",
    "published_on",
    "sales_count",
    "stock",
]


def run():
    for book in Book.objects.order_by("pk").defer("description"):
        yield [getattr(book, column) for column in COLUMNS]
