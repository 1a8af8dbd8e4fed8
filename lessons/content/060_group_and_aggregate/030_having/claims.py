from django.db.models import Count, Q, Sum

from library.models import Book


def a_filter_after_annotate_is_having(log):
    """Every condition in a `filter()` after `annotate()` goes to HAVING."""
    books = Book.objects.annotate(reviewed=Count("reviews"))
    return {
        "a condition on the annotation": _is_having(log, books.filter(reviewed__gt=1)),
        "a condition on a column of the book": _is_having(log, books.filter(is_published=True)),
        "one of each, with a comma between": _is_having(log, books.filter(reviewed__gt=1, is_published=True)),
        "one of each, in one `Q` with `|`": _is_having(
            log, books.filter(Q(reviewed__gt=1) | Q(is_published=True))
        ),
        "a condition on the reviews": _is_having(log, books.filter(reviews__rating__gte=4)),
    }


def order_does_not_matter(log):
    """A `filter()` before `annotate()` gives the same count as one after it."""
    number = Count("reviews")
    published, liked = {"is_published": True}, {"reviews__rating__gte": 3}
    books = Book.objects.all()
    return {
        "a condition on a column of the book": _numbers(books.filter(**published).annotate(n=number))
        == _numbers(books.annotate(n=number).filter(**published)),
        "a condition on the reviews": _numbers(books.filter(**liked).annotate(n=number))
        == _numbers(books.annotate(n=number).filter(**liked)),
    }


def the_rest_is_what_exclude_leaves(log):
    """With an aggregate `n`, every book is either in `filter(n__gt=2)` or in `exclude(n__gt=2)`."""
    counted = Book.objects.annotate(n=Count("sales"))
    summed = Book.objects.annotate(n=Sum("sales__quantity"))
    number = Book.objects.count()
    return {
        "with `Count`": counted.filter(n__gt=2).count() + counted.exclude(n__gt=2).count() == number,
        "with `Sum`": summed.filter(n__gt=2).count() + summed.exclude(n__gt=2).count() == number,
    }


def _is_having(log, queryset):
    list(queryset)
    sql = log[-1].sql
    return " HAVING " in sql and " WHERE " not in sql


def _numbers(books):
    return dict(books.values_list("pk", "n"))
