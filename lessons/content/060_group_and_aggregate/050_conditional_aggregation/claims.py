from django.db.models import Case, Count, Q, Sum, Value, When

from library.models import Author

_PUBLISHED = Q(books__is_published=True)


def the_filter_counts_what_it_says(log):
    """`Count("books", filter=Q(books__is_published=True))` counts the books that are published by today."""
    numbers = dict(Author.objects.annotate(n=Count("books", filter=_PUBLISHED)).values_list("pk", "n"))
    authors = list(Author.objects.prefetch_related("books"))
    return {
        "it looks at `is_published`": all(
            numbers[author.pk] == sum(book.is_published for book in author.books.all()) for author in authors
        ),
        "it looks at `published_on`": "published_on" in log[0].sql,
    }


def nobody_is_lost(log):
    """A condition on the books keeps the authors without such a book in the list, with 0."""
    authors = Author.objects.count()
    return {
        "in `Count(filter=…)`": Author.objects.annotate(n=Count("books", filter=_PUBLISHED)).count() == authors,
        "in `.filter()` before `Count`": Author.objects.filter(_PUBLISHED).annotate(n=Count("books")).count()
        == authors,
    }


def a_case_does_the_same(log):
    """An aggregate over `Case(When(…, then=1))` gives the same numbers as `Count(filter=…)`."""
    expected = _numbers(Count("books", filter=_PUBLISHED))
    when = When(_PUBLISHED, then=Value(1))
    return {
        "`Sum`, with 0 as default": _numbers(Sum(Case(when, default=Value(0)))) == expected,
        "`Count`, without a default": _numbers(Count(Case(when))) == expected,
        "`Count`, with 0 as default": _numbers(Count(Case(when, default=Value(0)))) == expected,
    }


def _numbers(aggregate):
    return dict(Author.objects.annotate(n=aggregate).values_list("pk", "n"))
