from django.db import connection
from django.db.models import Index

from library.models import Book


def setup():
    with connection.schema_editor() as editor:
        editor.add_index(Book, Index(fields=["-sales_count", "id"], name="book_best_first"))
