from library.models import Book


def run():
    books = Book.objects.filter(is_published=True).order_by("pk").select_related("author")
    return [(book.title, book.price) for book in books]
