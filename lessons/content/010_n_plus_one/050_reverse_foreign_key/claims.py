from library.models import Author


def always_two_queries(log):
    """A list of authors with `prefetch_related("books")` runs two queries, however many authors there are."""
    authors = Author.objects.order_by("pk").prefetch_related("books")
    return {
        "all authors": _queries(log, authors) == 2,
        "a single author": _queries(log, authors.all()[:1]) == 2,
        "no author at all": _queries(log, authors.filter(pk=0)) == 2,
        "all authors, by `iterator(chunk_size=2)`": _queries(log, authors.iterator(chunk_size=2)) == 2,
    }


def no_books_no_cost(log):
    """Reading the books of an author who has none costs no query."""
    author = Author.objects.filter(books=None).order_by("pk")[0]
    before = len(log)
    list(author.books.all())
    return len(log) == before


def _queries(log, authors):
    before = len(log)
    for _ in authors:
        pass
    return len(log) - before
