import logging

from django.db.models import Count
from setup import CatalogueBook, PlainBook

from library.models import Author, Book, Customer

logger = logging.getLogger("shop.catalogue")


def cached_property_helps_the_list(log):
    """Turn the property into a `cached_property`, and the list no longer runs a query for every row."""
    books = CatalogueBook.objects.order_by("pk")[:10]
    first_loop = _queries(log, lambda: [book.review_count for book in books])
    second_loop = _queries(log, lambda: [book.review_count for book in books])
    again = _queries(log, lambda: [book.review_count for book in books.all()])
    return {
        "the first loop over the list": first_loop <= 1,
        "a second loop over the same objects": second_loop <= 1,
        "a loop over the same queryset, evaluated again": again <= 1,
    }


def the_name_is_taken(log):
    """You cannot give an annotation the name of a property."""
    return {
        "a `property`": _is_refused(PlainBook),
        "a `cached_property`": _is_refused(CatalogueBook),
        "a method": _is_refused(CatalogueBook, name="clean"),
        "a field": _is_refused(CatalogueBook, name="stock"),
    }


def the_key_is_on_the_row(log):
    """The key of a foreign key is in the book's own row, so reading it costs no query."""
    book = Book.objects.order_by("pk").first
    author = Author.objects.order_by("pk")[0]
    short = Book.objects.only("title").order_by("pk").first
    return {
        "`book.author_id`": _costs(log, book(), lambda book: book.author_id) == 0,
        "`book.author.pk`": _costs(log, book(), lambda book: book.author.pk) == 0,
        "`book.author == author`": _costs(log, book(), lambda book: book.author == author) == 0,
        "`book.editor is None`": _costs(log, _edited(), lambda book: book.editor is None) == 0,
        '`book.author_id` after `only("title")`': _costs(log, short(), lambda book: book.author_id) == 0,
        '`values_list("author__pk")`': "JOIN" not in _sql(log, Book.objects.values_list("author__pk")),
    }


def str_runs_only_where_it_is_printed(log):
    """`__str__` runs only where your code prints the object."""
    logger.setLevel(logging.WARNING)
    uses = {
        "`repr()`, which a list of books in a message calls": lambda book: f"{[book]}",
        'switched off: `logger.debug(f"{book}")`': lambda book: logger.debug(f"{book}"),
        'switched off: `logger.debug("%s", book)`': lambda book: logger.debug("%s", book),
        "`sorted(books, key=str)`": lambda book: sorted([book], key=str),
        "`book == other`": lambda book: book == Book(pk=0),
    }
    books = CatalogueBook.objects.order_by("pk")
    return {words: _costs(log, books.first(), use) == 0 for words, use in uses.items()}


def the_value_follows(log):
    """The annotated value follows the database, as the property's does."""
    plain = PlainBook.objects.order_by("pk")[0]
    cached = CatalogueBook.objects.get(pk=plain.pk)
    annotated = CatalogueBook.objects.annotate(review_count=Count("reviews")).get(pk=plain.pk)
    before = cached.review_count
    plain.reviews.create(customer=Customer.objects.order_by("pk")[0], rating=5)
    follows = {
        "the `property`": plain.review_count == before + 1,
        "the `cached_property`, read before": cached.review_count == before + 1,
        "the annotation": annotated.review_count == before + 1,
    }
    annotated.refresh_from_db()
    cached.refresh_from_db()
    follows["the `cached_property`, after `refresh_from_db()`"] = cached.review_count == before + 1
    follows["the annotation, after `refresh_from_db()`"] = annotated.review_count == before + 1
    return follows


def _edited():
    return Book.objects.exclude(editor=None).order_by("pk").first()


def _is_refused(model, name="review_count"):
    try:
        list(model.objects.annotate(**{name: Count("reviews")})[:1])
    except (AttributeError, ValueError):
        return True
    return False


def _costs(log, book, use):
    return _queries(log, lambda: use(book))


def _queries(log, act):
    before = len(log)
    act()
    return len(log) - before


def _sql(log, queryset):
    list(queryset)
    return log[-1].sql
