import pickle

from library.models import Book


def touching_is_a_query(log):
    """Touching an object with a deferred field sends a query for the field."""
    touches = {
        "reading it": lambda book: book.description,
        "reading it after you have set it": lambda book: (setattr(book, "description", ""), book.description),
        "`hasattr()`": lambda book: hasattr(book, "description"),
        "`getattr()` with a default": lambda book: getattr(book, "description", ""),
        "`str()` of the book, whose title is loaded": str,
        "pickling the book": pickle.dumps,
        "`clean()`": lambda book: book.clean(),
        "`clean_fields()`": lambda book: book.clean_fields(),
    }
    return {words: _queries(log, touch, _book()) > 0 for words, touch in touches.items()}


def every_touch_is_a_query(log):
    """Each time you read a deferred field, Django sends a query."""
    return _queries(log, lambda book: [book.description for _ in range(3)], _book()) == 3


def the_rest_comes_at_once(log):
    """Reading one deferred field fetches all the others with it, in the same query."""
    return _queries(log, lambda book: (book.description, book.pages, book.stock), _book()) == 1


def a_key_costs_one_more(log):
    """`book.author` costs one query, and two queries if the foreign key is deferred."""
    with_key = Book.objects.only("title", "author").order_by("pk")[0]
    return [_queries(log, _author, book) for book in (with_key, _book())] == [1, 2]


def _book():
    return Book.objects.only("title").order_by("pk")[0]


def _author(book):
    return book.author


def _queries(log, touch, book):
    before = len(log)
    touch(book)
    return len(log) - before
