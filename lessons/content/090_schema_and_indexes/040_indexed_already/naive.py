from library.models import Book


def run():
    """The columns of the book table that have no index."""
    for field in Book._meta.concrete_fields:
        if not field.db_index:
            yield field.column
