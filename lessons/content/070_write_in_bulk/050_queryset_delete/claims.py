from django.db import IntegrityError, connection, transaction

from library.models import Author, Book, Review


def one_command(log):
    """`delete()` on a queryset is a single SQL statement and loads no rows."""
    return {
        "no other table points to the rows": _is_one_command(log, Review.objects.filter(rating=1)),
        "other tables point to them": _is_one_command(log, Book.objects.filter(is_published=False)),
    }


def the_database_cascades(log):
    """`on_delete=CASCADE` is part of the table: a DELETE of an author in SQL deletes the books too."""
    author = Book.objects.order_by("pk").first().author_id
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM library_author WHERE id = %s", [author])
    except IntegrityError:
        return False
    return not Author.objects.filter(pk=author).exists()


def only_is_too_late(log):
    """`only()` makes no difference to `delete()`, which always loads whole rows."""
    Book.objects.filter(is_published=False).only("pk").delete()
    return "description" in log[0].sql


def _is_one_command(log, rows):
    before = len(log)
    rows.delete()
    return [query.kind for query in list(log)[before:]] == ["delete"]
