from library.models import Book


def a_list_to_use_it_again(log):
    """To use the rows again, turn the queryset into a list. Without a list, this second use runs a query."""
    uses = {
        "a second loop": list,
        "`len()`, `bool()`, `in`": lambda books: (len(books), bool(books), books[0] in books),
        "`[0]`, or a slice": lambda books: (books[0], books[:3]),
        "`.count()`, `.exists()`, `.contains()`": lambda books: (
            books.count(),
            books.exists(),
            books.contains(books[0]),
        ),
        "`.first()`, where the queryset is ordered": lambda books: books.first(),
        "`.last()`": lambda books: books.last(),
        "`.get()`": lambda books: books.get(pk=books[0].pk),
        "`.filter()`": lambda books: list(books.filter(stock=0)),
        "`.values_list()`": lambda books: list(books.values_list("title")),
        "a loop over `.all()`": lambda books: list(books.all()),
    }
    return {name: _runs(log, _loaded(Book.objects.order_by("pk")), use) for name, use in uses.items()}


def first_of_loaded_rows(log):
    """`.first()` on a queryset that has loaded its rows runs no query."""
    return {
        "with an order": not _runs(log, _loaded(Book.objects.order_by("pk")), lambda books: books.first()),
        "without an order": not _runs(log, _loaded(Book.objects.all()), lambda books: books.first()),
    }


def an_index_is_kept(log):
    """`books[0].title` and then `books[0].price` run one query, because the queryset keeps the book."""
    books = Book.objects.order_by("pk")
    books[0].title, books[0].price
    return len(log) == 1


def _loaded(books):
    list(books)
    return books


def _runs(log, books, use):
    """Whether the use runs a query."""
    before = len(log)
    use(books)
    return len(log) > before
