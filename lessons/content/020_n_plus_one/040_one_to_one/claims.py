from django.core.exceptions import FieldError

from library.models import Author, Book, Profile


def select_related_is_for_forward_keys(log):
    """`select_related()` works with foreign keys and one-to-ones, and with nothing else."""
    return {
        "a foreign key": _joins(Book.objects.select_related("author")),
        "a one-to-one, from the side with the key": _joins(Profile.objects.select_related("author")),
        "a one-to-one, from the other side": _joins(Author.objects.select_related("profile")),
        "a reverse foreign key": _joins(Author.objects.select_related("books")),
        "a many-to-many": _joins(Book.objects.select_related("genres")),
    }


def prefetch_related_is_for_many(log):
    """`prefetch_related()` is for many-to-many and reverse foreign keys; a foreign key it cannot follow."""
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
