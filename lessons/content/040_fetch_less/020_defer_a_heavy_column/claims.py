import sys

from django.core.exceptions import FieldDoesNotExist

from library.models import Author, Book


def skips_the_text_of_the_sample_model(log):
    """`defer("description")` skips a heavy text, whatever the model calls it."""
    return _runs(lambda: list(Author.objects.defer("description")))


def a_wrong_name_is_refused(log):
    """`defer()` refuses a name that the model does not have."""
    authors = Author.objects.defer("description")
    attempts = {
        "by `defer()` itself": lambda: Author.objects.defer("description"),
        "by a loop": lambda: list(authors),
        "by `.count()`": lambda: authors.count(),
        "by `.exists()`": lambda: authors.exists(),
        '`only("name")` after it': lambda: list(authors.only("name")),
        '`values_list("name")` after it': lambda: list(authors.values_list("name")),
    }
    return {words: not _runs(attempt) for words, attempt in attempts.items()}


def less_memory_and_less_work(log):
    """`defer()` reduces the memory that the objects take, and the work of building them."""
    whole = Book.objects.order_by("pk")
    text, flag = whole.defer("description"), whole.defer("is_published")
    return {
        "without the description, books take a tenth less memory": _bytes(text) < 0.9 * _bytes(whole),
        "without `is_published`, books take a tenth less memory": _bytes(flag) < 0.9 * _bytes(whole),
        "without the description, Python calls fewer functions": _calls(text) < _calls(whole),
        "without `is_published`, Python calls fewer functions": _calls(flag) < _calls(whole),
    }


def _runs(attempt):
    try:
        attempt()
    except FieldDoesNotExist:
        return False
    return True


def _bytes(books):
    """What the books keep: their dictionaries and, once each, the values in them."""
    kept = [vars(book) for book in books.all()]
    values = {id(value): value for fields in kept for value in fields.values()}
    return sum(sys.getsizeof(thing) for thing in [*kept, *values.values()])


def _calls(books):
    """Of functions, Python's and C's, while the books are fetched and built."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        list(books.all())
    finally:
        sys.setprofile(before)
    return calls
