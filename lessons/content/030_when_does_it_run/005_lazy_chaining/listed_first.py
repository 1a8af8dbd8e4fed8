from library.models import Book


def run():
    books = list(Book.objects.select_related("author").order_by("pk"))
    books = [book for book in books if book.is_published]
    books = [book for book in books if book.pages >= 200]
    books = [book for book in books if book.price < 30]
    for book in books:
        yield book.title, book.author.name
