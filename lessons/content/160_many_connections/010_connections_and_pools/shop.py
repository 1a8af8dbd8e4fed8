"""The shop's page of a book, and what Django does around it."""

from django.db import close_old_connections

from library.models import Book

BOOKS = range(1, 11)  # ten readers look at a book each


def page(book_id):
    """One request. Django's handler calls close_old_connections() at its beginning and at its end."""
    close_old_connections()
    title = Book.objects.values_list("title", flat=True).get(pk=book_id)
    close_old_connections()
    return book_id, title
