from django.db.models import Prefetch, prefetch_related_objects

from library.models import Author, Book, Genre, Profile


def three_queries_whatever_the_size(log):
    """Authors, their books with `only("title")`, and the genres, all prefetched, always take three queries."""
    books = Book.objects.only("title").prefetch_related("genres")
    list(Author.objects.only("name", "email").prefetch_related(Prefetch("books", queryset=books)))
    return len(log) == 3


def printed_columns_are_enough(log):
    """The queryset of a `Prefetch` needs only the columns that the page prints."""
    book = Book.objects.order_by("pk")[0]
    author = Author.objects.get(pk=book.author_id)
    titles, websites = Book.objects.only("title"), Profile.objects.only("website")
    names, genres = Author.objects.only("name"), Genre.objects.only("name")
    return {
        "from author to books": _in_one_query(log, author, Prefetch("books", queryset=titles)),
        "from author to profile": _in_one_query(log, author, Prefetch("profile", queryset=websites)),
        "from book to author": _in_one_query(log, book, Prefetch("author", queryset=names)),
        "from book to genres": _in_one_query(log, book, Prefetch("genres", queryset=genres)),
    }


def _in_one_query(log, instance, prefetch):
    before = len(log)
    prefetch_related_objects([instance], prefetch)
    return len(log) - before == 1
