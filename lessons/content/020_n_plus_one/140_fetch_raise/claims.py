from django.core.exceptions import FieldError
from django.db import models
from django.template import Context, Template

from library.models import Author, Book


def no_query_gets_through(log):
    """With `FETCH_RAISE` on its queryset a book cannot cause another query."""
    template = Template("{{ book.author.name }}")
    touches = {
        "a foreign key": lambda: _first(Book.objects).author,
        "a one-to-one, from the other side": lambda: _first(Author.objects).profile,
        "a deferred field": lambda: _first(Book.objects.only("title")).pages,
        "a field of a joined object": lambda: _first(Book.objects.select_related("author")).author.country,
        "in a template": lambda: template.render(Context({"book": _first(Book.objects)})),
        "a related manager": lambda: list(_first(Book.objects).genres.all()),
        "`refresh_from_db()`": lambda: _first(Book.objects).refresh_from_db(),
    }
    return {what: _is_blocked(touch) for what, touch in touches.items()}


def _first(queryset):
    books = queryset.order_by("pk")
    if hasattr(books, "fetch_mode"):  # Django >= 6.1
        books = books.fetch_mode(models.FETCH_RAISE)
    return books[0]


def _is_blocked(touch):
    try:
        touch()
    except FieldError:  # FieldFetchBlocked is one
        return True
    return False
