import warnings

from library.models import Book


def chained_calls_add_up(log):
    """A later call of these methods adds to the earlier one."""
    joined = Book.objects.select_related("author")
    twice = joined.select_related("publisher")
    return {
        "`select_related()`, then `select_related()`": _sql(twice).count(" JOIN ") == 2,
        "`defer()`, then `defer()`": not _selects(Book.objects.defer("pages").defer("price"), "pages"),
        "`defer()`, then `only()`": not _selects(Book.objects.defer("pages").only("title", "pages"), "pages"),
        "`only()`, then `only()`": _selects(Book.objects.only("pages").only("price"), "pages"),
        "`order_by()`, then `order_by()`": '"pages"' in _order(Book.objects.order_by("pages").order_by("price")),
        "`select_related()`, then `select_related(None)`": " JOIN " in _sql(joined.select_related(None)),
    }


def no_names_join_everything(log):
    """`select_related()` without names joins every foreign key of the model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # since Django 6.1
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        books = Book.objects.select_related()
    for book in books:
        book.author, book.publisher, book.editor
    return len(log) == 1


def _sql(queryset):
    return str(queryset.query)


def _selects(queryset, column):
    return column in _sql(queryset).partition(" FROM ")[0]


def _order(queryset):
    return _sql(queryset).partition(" ORDER BY ")[2].replace("`", '"')
