import pickle

from django.db import models
from django.db.models import prefetch_related_objects

from library.models import Author, Book


def fetched_when_touched(log):
    """Django fetches a related object when you touch it, and not before."""
    book = Book.objects.order_by("pk")[0]
    before = len(log)
    book.author
    return before == 1 and len(log) == 2


def two_ways_to_mend_it(log):
    """Django has two ways to mend an N+1: `select_related()` and `prefetch_related()`."""
    books = Book.objects.order_by("pk")

    def held():
        instances = list(books.all())
        prefetch_related_objects(instances, "author")
        return [book.author.name for book in instances]

    ways = {
        "`select_related()`": lambda: _authors(books.select_related("author")),
        "`prefetch_related()`": lambda: _authors(books.prefetch_related("author")),
        "`values_list()` across the relation": lambda: list(books.values_list("author__name")),
        "`prefetch_related_objects()` on books already fetched": held,
        "a fetch mode of the queryset": lambda: _authors(_with_peers(books)),
    }
    return {way: _queries(log, take) <= 2 for way, take in ways.items()}


def peers_mend_everything(log):
    """With `FETCH_PEERS` on the queryset there is no N+1 any more."""
    books, authors = _with_peers(Book.objects.order_by("pk")), _with_peers(Author.objects.order_by("pk"))
    loops = {
        "`book.author`": lambda: _authors(books.all()),
        "a deferred field": lambda: [book.pages for book in books.only("title")],
        "`author.profile`": lambda: [author.profile for author in authors],
        "`book.genres.all()`": lambda: [list(book.genres.all()) for book in books.all()],
        "books from `iterator()`": lambda: _authors(books.iterator()),
        "books out of a cache": lambda: _authors(pickle.loads(pickle.dumps(list(books.all())))),
    }
    return {loop: _queries(log, run) <= 2 for loop, run in loops.items()}


def _authors(books):
    return [book.author.name for book in books]


def _with_peers(queryset):
    if not hasattr(queryset, "fetch_mode"):  # Django < 6.1
        return queryset
    return queryset.fetch_mode(models.FETCH_PEERS)


def _queries(log, run):
    before = len(log)
    run()
    return len(log) - before
