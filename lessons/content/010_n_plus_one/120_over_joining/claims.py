from django.db.models import Max

from library.models import Book


def five_tables_for_the_titles(log):
    """`select_related()` over four relations joins five tables, even if `values_list()` takes only the titles."""
    list(_joined().values_list("title", flat=True))
    return log[-1].sql.count(" JOIN ") == 4


def values_needs_select_related(log):
    """`select_related("author").values("title", "author__name")` joins the author in one query."""
    list(Book.objects.select_related("author").values("title", "author__name"))
    list(Book.objects.values("title", "author__name"))
    with_it, without_it = log
    return {
        "the author is joined": " JOIN " in with_it.sql,
        "`select_related()` makes the join": with_it.sql != without_it.sql,
    }


def every_query_is_joined(log):
    """`select_related()` on a queryset adds its joins to every query, even to the simplest one."""
    book = Book.objects.order_by("pk")[0]
    queries = {
        "a list of books": lambda: list(_joined()),
        "`.get()`": lambda: _joined().get(pk=book.pk),
        "`.values_list()`": lambda: list(_joined().values_list("title")),
        "`.count()`": lambda: _joined().count(),
        "`.exists()`": lambda: _joined().exists(),
        "`.contains()`": lambda: _joined().contains(book),
        "`.aggregate()`": lambda: _joined().aggregate(Max("price")),
    }
    return {name: _joins(log, run) == 4 for name, run in queries.items()}


def _joined():
    return Book.objects.select_related("author", "publisher", "author__country", "publisher__country")


def _joins(log, run):
    run()
    return log[-1].sql.count(" JOIN ")
