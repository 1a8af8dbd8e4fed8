import pickle

from library.models import Book, Publisher


def len_then_bool(log):
    """`len(books)` and then `bool(books)` evaluates the queryset twice, with two queries."""
    books = Book.objects.filter(is_published=True)
    len(books)
    bool(books)
    return len(log) == 2


def three_questions(log):
    """`count()`, `exists()` and `list()` on one queryset run three queries."""
    return {
        "in this order: `count()`, `exists()`, `list()`": _queries(log, _count, _exists, list) == 3,
        "`list()` first": _queries(log, list, _count, _exists) == 3,
        "`exists()`, then `list()`, then `count()`": _queries(log, _exists, list, _count) == 3,
    }


def one_list_is_better(log):
    """One `list()` and its `len()` is better than `count()` and `exists()`."""
    books = Book.objects.filter(is_published=True)
    list(books)
    one_list = log[-1]
    other = Book.objects.filter(is_published=True)
    other.count(), other.exists()
    questions = list(log)[1:]
    return {
        "it runs fewer queries": len(questions) > 1,
        "it fetches fewer rows": one_list.rows < sum(query.rows for query in questions),
    }


def evaluated(log):
    """This evaluates the queryset: the query runs, and the queryset keeps all its rows."""
    uses = {
        "`len()`": len,
        "`list()`": list,
        "`bool()`": bool,
        "`sorted()`": lambda books: sorted(books, key=lambda book: book.title),
        "a loop": lambda books: [book.title for book in books],
        "a loop that stops at the first row": lambda books: next(iter(books)),
        "`in`": lambda books: Book(pk=1) in books,
        "pickling it for a cache": pickle.dumps,
        "`repr()`, `str()`, `print()`": repr,
        "`[0]`": lambda books: books[0],
        "a loop over `[:3]`": lambda books: list(books[:3]),
        "`[::2]`": lambda books: books[::2],
        "`.first()`": lambda books: books.first(),
        "`.iterator()`": lambda books: list(books.iterator()),
    }
    return {name: _queries(log, use, list) == 1 for name, use in uses.items()}


def stops_early(log):
    """A loop that stops at the first row fetches only the first row."""
    for _ in Book.objects.order_by("pk"):
        break
    return log[0].rows == 1


def the_relation_remembers(log):
    """If you loop over the books of a publisher twice, the second loop runs no query."""
    publisher = Publisher.objects.get(pk=1)
    prefetched = Publisher.objects.prefetch_related("books").get(pk=1)
    books = publisher.books.all()
    return {
        "both loops over the relation, `publisher.books.all()`": _runs(log, lambda: _twice(publisher.books.all))
        < 2,
        "both loops over one variable": _runs(log, lambda: _twice(lambda: books)) < 2,
        "prefetched, and both loops over the relation": _runs(log, lambda: _twice(prefetched.books.all)) < 2,
    }


def _count(books):
    return books.count()


def _exists(books):
    return books.exists()


def _queries(log, *uses):
    books = Book.objects.order_by("pk")
    return _runs(log, lambda: [use(books) for use in uses])


def _runs(log, use):
    before = len(log)
    use()
    return len(log) - before


def _twice(books):
    for _ in range(2):
        list(books())
