import sys
from warnings import catch_warnings, simplefilter

from back_office import open_list, open_page
from django.contrib import admin
from django.core.paginator import Paginator

from library.models import Author, Book

LIST = 3  # queries of a list without an N+1: two that count, and one for the rows


class Uncounted(Paginator):
    count = sys.maxsize


def the_admin_joins(log):
    """The admin joins the foreign keys that the list shows, so a changelist has no N+1."""

    def country(book):
        return book.author.country.name

    named = _queries(log, list_display=["author"]) == LIST
    can_be_null = _queries(log, list_display=["editor"]) == LIST
    path = _queries(log, list_display=["author__name"]) == LIST
    function = _queries(log, list_display=[country]) == LIST
    Author.__str__ = lambda author: f"{author.name}, {author.country.name}"
    return {
        "`author`, named in `list_display`": named,
        "`editor`, which can be null": can_be_null,
        "`author__name`": path,
        "a method that reads `book.author`": function,
        "`author`, whose `__str__` reads its country": _queries(log, list_display=["author"]) == LIST,
    }


def true_joins_everything(log):
    """`list_select_related = True` joins every foreign key."""

    def country(book):
        return book.author.country.name

    def editor(book):
        return book.editor and book.editor.name

    with catch_warnings(record=True) as warned:
        simplefilter("always")
        not_null = _queries(log, list_display=[country], list_select_related=True) == LIST
        null = _queries(log, list_display=[editor], list_select_related=True) == LIST
    return {
        "a key that cannot be null": not_null,
        "a key that can be null": null,
        "Django gives no warning": not warned,
    }


def adds_to_the_queryset(log):
    """`list_select_related` adds its joins to those of `get_queryset()`."""

    def with_publishers(admin, request):
        return Book.objects.select_related("publisher")

    def with_genres(admin, request):
        return Book.objects.prefetch_related("genres")

    def author(book):
        return book.author.name

    options = {"list_display": [author], "list_select_related": ["author"]}
    joined = _queries(log, get_queryset=with_publishers, **options)
    prefetched = _queries(log, get_queryset=with_genres, **options)
    return {
        "it calls `select_related()`": joined == LIST,
        "it calls `prefetch_related()`": prefetched == LIST + 1,
    }


def the_count_can_be_left_out(log):
    """`show_full_result_count = False` saves a changelist from counting a large table."""
    return {
        "by itself": _counts(log, show_full_result_count=False) == 0,
        "with a `Paginator` that does not count": _counts(log, show_full_result_count=False, paginator=Uncounted)
        == 0,
        "the `Paginator` alone": _counts(log, paginator=Uncounted) == 0,
    }


def a_page_loads_what_it_shows(log):
    """A page of the admin loads the rows that it shows, and not a whole other table."""
    few = 1 + 2  # the book, its author and its editor
    return {
        "the form of a book": _rows_of_form(log) <= few,
        "the form, with `autocomplete_fields`": _rows_of_form(log, autocomplete_fields=["author", "editor"])
        <= few,
        "the form, with `raw_id_fields`": _rows_of_form(log, raw_id_fields=["author", "editor"]) <= few,
        'the list, with `list_filter = ["author"]`': _queries(log, list_filter=["author"]) == LIST,
        'the list, with `list_editable = ["publisher"]`': _queries(
            log, list_display=["title", "publisher"], list_editable=["publisher"]
        )
        == LIST,
    }


def _queries(log, **options):
    before = len(log)
    open_list(_admin(options))
    return len(log) - before


def _counts(log, **options):
    before = len(log)
    open_list(_admin(options))
    return sum("COUNT(" in query.sql for query in log[before:])


def _rows_of_form(log, **options):
    """Rows that the form of the first book fetches."""
    before = len(log)
    open_page(_admin({"fields": ["title", "author", "editor"], **options}), "change_view", "1")
    return sum(query.rows for query in log[before:])


def _admin(options):
    return type("BookAdmin", (admin.ModelAdmin,), options)
