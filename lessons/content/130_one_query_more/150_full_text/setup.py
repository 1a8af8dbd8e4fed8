from django.db import connection

from library.models import Book


def setup():
    """An index of the words in the descriptions, in each database's own way."""
    if connection.vendor == "postgresql":
        from django.contrib.postgres.indexes import GinIndex
        from django.contrib.postgres.search import SearchVector

        with connection.schema_editor() as editor:
            editor.add_index(Book, GinIndex(SearchVector("description", config="english"), name="book_words"))
    elif connection.vendor == "mysql":
        _execute("CREATE FULLTEXT INDEX book_words ON library_book (description)")
    else:
        _execute(
            "CREATE VIRTUAL TABLE book_words USING fts5 (description, content=library_book, content_rowid=id)"
        )
        _execute("INSERT INTO book_words (book_words) VALUES ('rebuild')")


def _execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
