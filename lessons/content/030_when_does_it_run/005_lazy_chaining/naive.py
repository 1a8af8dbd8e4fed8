from library.models import Book

SEARCH = {"is_published": True, "pages__gte": 200, "price__lt": 30}


def run():
    books = Book.objects.select_related("author").order_by("pk")
    for field, value in SEARCH.items():
        books = books.filter(**{field: value})
        if not books:
            return
    for book in books:
        yield book.title, book.author.name
