from datetime import date

from django.db.models import Exists, OuterRef

from library.models import Author, Book


def it_fetches_the_author(log):
    """A filter on the author joins the author's table, so the author is fetched in the same query."""
    book = Book.objects.filter(author__joined_on__gte=date(2010, 1, 1)).order_by("pk")[0]
    book.author
    return {
        "the author's table is joined": " JOIN " in log[0].sql,
        "`book.author` needs no further query": len(log) == 1,
    }


def every_path_joins(log):
    """A lookup across a relation always joins the related table."""
    author = Author.objects.select_related("country").order_by("pk")[0]
    lookups = {
        "`author__name`": Book.objects.filter(author__name=author.name),
        "`author`": Book.objects.filter(author=author),
        "`author__id`": Book.objects.filter(author__id=author.pk),
        "`author__in`, with a queryset": Book.objects.filter(author__in=Author.objects.filter(country=1)),
        "`editor__isnull`": Book.objects.filter(editor__isnull=True),
        "`author__country`, the country's table": Book.objects.filter(author__country=author.country),
        "`author__country__name`, the country's table": Book.objects.filter(author__country__name="France"),
    }
    tables = {name: "country" if "country's table" in name else "author" for name in lookups}
    return {name: _joins(log, books, tables[name]) for name, books in lookups.items()}


def one_join_for_the_path(log):
    """`filter()`, `select_related()` and `order_by()` on `author` share one JOIN."""
    list(Book.objects.filter(author__country=1).select_related("author").order_by("author__name"))
    return log[-1].sql.count(" JOIN ") == 1


def every_author_once(log):
    """`filter()` across a relation returns every matching row once."""
    with_books = Author.objects.filter(books__isnull=False)
    return {
        "toward one: books by their author": _is_unique(Book.objects.filter(author__country__isnull=False)),
        "toward many: authors by their books": _is_unique(with_books),
        "toward many, with `distinct()`": _is_unique(with_books.distinct()),
        "toward many, with `Exists()`": _is_unique(
            Author.objects.filter(Exists(Book.objects.filter(author=OuterRef("pk"))))
        ),
    }


def _joins(log, books, table):
    list(books)
    return any(f"JOIN {quote}library_{table}{quote}" in log[-1].sql for quote in '"`')


def _is_unique(queryset):
    keys = list(queryset.values_list("pk", flat=True))
    return len(keys) == len(set(keys))
