import pickle

from django.db import models
from django.db.models import Count, Prefetch, prefetch_related_objects

from library.models import Author, Book


def fetched_when_touched(log):
    """Django fetches a related object when you first read it, and not before."""
    book = Book.objects.order_by("pk")[0]
    before = len(log)
    book.author
    return before == 1 and len(log) == 2


def only_two_methods_mend_it(log):
    """Only `select_related()` and `prefetch_related()` remove an N+1, and nothing else does."""
    books = Book.objects.order_by("pk")
    tried = {
        "`list()` around the queryset does not remove it": lambda: _authors(list(books.all())),
        "a filter across the relation does not remove it": lambda: _authors(books.filter(author__pk__gt=0)),
        "`values_list()` across the relation does not remove it": lambda: list(books.values_list("author__name")),
        "`prefetch_related_objects()` does not remove it": lambda: _authors(_prefetched(list(books.all()))),
        "`fetch_mode(FETCH_PEERS)` does not remove it": lambda: _authors(_with_peers(books)),
    }
    return {what: _is_n_plus_one(log, run) for what, run in tried.items()}


def peers_mend_everything(log):
    """With `FETCH_PEERS` on the queryset there is no N+1."""
    books, authors = _with_peers(Book.objects.order_by("pk")), _with_peers(Author.objects.order_by("pk"))
    keys = [book.pk for book in books]
    loops = {
        "`book.author`": lambda: _authors(books.all()),
        "a deferred field": lambda: [book.pages for book in books.only("title")],
        "`author.profile`": lambda: [author.profile for author in authors.all()],
        "`author.country`, where authors are prefetched": lambda: _countries(books.prefetch_related("author")),
        "`book.publisher`, where an author's books are prefetched": lambda: _publishers(
            authors.prefetch_related("books")
        ),
        "the same, with the mode inside `Prefetch`": lambda: _publishers(
            authors.prefetch_related(Prefetch("books", queryset=books.all()))
        ),
        "`book.genres.all()`": lambda: [list(book.genres.all()) for book in books.all()],
        "a loop over `iterator()`": lambda: _authors(books.iterator(chunk_size=5)),
        "the same, with a prefetch": lambda: _authors(books.prefetch_related("genres").iterator(chunk_size=5)),
        "one book at a time, by `get()`": lambda: [books.get(pk=key).author for key in keys],
        "books out of a cache": lambda: _authors(pickle.loads(pickle.dumps(list(books.all())))),
    }
    return {loop: not _is_n_plus_one(log, run) for loop, run in loops.items()}


def peers_are_all_it_returned(log):
    """With `FETCH_PEERS` the first `book.author` fetches the authors of all the books of its queryset."""
    everybody = Book.objects.aggregate(authors=Count("author", distinct=True))["authors"]
    books = list(_with_peers(Book.objects.order_by("pk")))
    books[0].author
    held = log[-1].rows == everybody
    books = list(_with_peers(Book.objects.order_by("pk")))
    del books[1:]
    books[0].author
    return {
        "your code holds all the books": held,
        "your code holds only the first book": log[-1].rows == everybody,
    }


def _authors(books):
    return [book.author.name for book in books]


def _countries(books):
    return [author.country.name for author in {book.author for book in books}]


def _publishers(authors):
    return [book.publisher.name for author in authors for book in author.books.all()]


def _prefetched(books):
    prefetch_related_objects(books, "author")
    return books


def _with_peers(queryset):
    if not hasattr(queryset, "fetch_mode"):  # Django < 6.1
        return queryset
    return queryset.fetch_mode(models.FETCH_PEERS)


def _is_n_plus_one(log, run):
    """Whether it takes more queries than it gives rows."""
    before = len(log)
    rows = run()
    return len(log) - before > len(rows)
