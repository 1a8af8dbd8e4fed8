from django.db import connection

from library.models import Book


def run():
    """The columns of the book table that have no index."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, Book._meta.db_table).values()
    indexed = {
        found["columns"][0] for found in constraints if found["primary_key"] or found["unique"] or found["index"]
    }
    for field in Book._meta.concrete_fields:
        if field.column not in indexed:
            yield field.column
