from django.db import connection
from django.db.models import Index

from library.models import Book


def run():
    with connection.schema_editor() as editor:
        editor.add_index(Book, Index(fields=["isbn"], name="book_isbn"))
        editor.add_index(Book, Index(fields=["author"], name="book_author"))
    for isbn in ("9781400000012", "9781400000029", "9781400000036"):
        book = Book.objects.get(isbn=isbn)
        for other in Book.objects.filter(author=book.author_id).order_by("pk"):
            yield isbn, other.title
