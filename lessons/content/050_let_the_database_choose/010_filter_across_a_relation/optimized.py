from datetime import date

from library.models import Book


def run():
    books = Book.objects.filter(author__joined_on__gte=date(2014, 1, 1)).select_related("author")
    for book in books.order_by("author_id", "pk"):
        yield book.title, book.author.name
