from django.db.models import F

from library.models import Book


def rows():
    """The lines of the file, all text: a paperback of every fourth book. Every third line has a mistake."""
    books = Book.objects.order_by("pk").values(
        "title", "isbn", "price", "pages", email=F("author__email"), publisher_name=F("publisher__name")
    )
    mistakes = [
        {"price": "free"},
        {"email": "nobody@example.com"},
        {"isbn": "9790000000000"},  # the same one again and again
    ]
    for number, book in enumerate(books[::4]):
        line = {**book, "isbn": f"979{book['isbn'][3:]}", "price": str(book["price"]), "pages": str(book["pages"])}
        yield line if number % 3 else {**line, **mistakes[number // 3 % len(mistakes)]}
