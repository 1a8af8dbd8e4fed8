from django.core.exceptions import FieldError
from django.db.models import FilteredRelation, Q

from library.models import Author, Book, Profile


def select_related_is_for_forward_keys(log):
    """`select_related()` follows foreign keys and one-to-ones, and refuses everything else."""
    many = Author.objects.alias(book=FilteredRelation("books", condition=Q(books__is_published=True)))
    return {
        "it follows a foreign key": _joins(Book.objects.select_related("author")),
        "it follows a one-to-one from the side that holds the key": _joins(
            Profile.objects.select_related("author")
        ),
        "it follows a one-to-one from the other side": _joins(Author.objects.select_related("profile")),
        "it refuses a reverse foreign key": not _joins(Author.objects.select_related("books")),
        "it refuses a many-to-many": not _joins(Book.objects.select_related("genres")),
        "it refuses a `FilteredRelation` to many rows": not _joins(many.select_related("book")),
    }


def prefetch_related_is_for_many(log):
    """`prefetch_related()` follows many-to-many relations and reverse foreign keys, but no foreign key."""
    books = list(Book.objects.prefetch_related("author"))
    authors = {id(book.author) for book in books}
    followed = len(log) == 2 and log[1].rows == len(authors)
    return not followed


def _joins(queryset):
    try:
        list(queryset)
    except FieldError:
        return False
    return " JOIN " in str(queryset.query)
