from library.models import Book


def run():
    books = Book.objects.order_by("pk").select_related("author")
    return [(book.title, book.author.name) for book in books]
