from django.db import connection

from library.models import Book


def run():
    # As behind PgBouncer. On MariaDB the setting changes nothing.
    connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] = True
    for book in Book.objects.order_by("pk").iterator(chunk_size=100):
        yield book.isbn, book.title, book.description[:20]
