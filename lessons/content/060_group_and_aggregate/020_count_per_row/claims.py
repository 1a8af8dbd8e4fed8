from django.db.models import Count
from django.db.models.functions import Length

from library.models import Author


def no_extra_query(log):
    """`annotate(Count("books"))` gives each author the number of books without extra queries."""
    for author in Author.objects.annotate(titles=Count("books")):
        author.titles
    return len(log) == 1


def any_count_will_do(log):
    """It makes no difference what you count: each form gives the same numbers as `Count("books")`."""
    authors = Author.objects.annotate(titles=Count("books"))
    titles = _numbers(authors, "titles")
    rows = _numbers(authors.annotate(rows=Count("*")), "rows")
    return {
        '`Count("books__isbn")`': _numbers(Author.objects.annotate(n=Count("books__isbn")), "n") == titles,
        '`Count("*")` alone': _numbers(Author.objects.annotate(n=Count("*")), "n") == titles,
        '`Count("*")` beside `Count("books")`, for an author with books': all(
            rows[pk] == titles[pk] for pk in titles if titles[pk]
        ),
        '`Count("*")` beside `Count("books")`, for an author without books': all(
            rows[pk] == titles[pk] for pk in titles if not titles[pk]
        ),
    }


def count_leaves_out_what_it_does_not_need(log):
    """`.count()` drops the annotations of a queryset, since it does not need them."""
    authors = Author.objects.all()
    return {
        "an annotation of the author's own columns": _is_plain(log, authors.annotate(length=Length("name"))),
        '`Count("books")`': _is_plain(log, authors.annotate(titles=Count("books"))),
    }


def _numbers(authors, name):
    return dict(authors.values_list("pk", name))


def _is_plain(log, authors):
    authors.count()
    return "JOIN" not in log[-1].sql and "GROUP BY" not in log[-1].sql
