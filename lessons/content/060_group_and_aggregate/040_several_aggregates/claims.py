from django.db.models import Avg, Count, Max, Sum

from library.models import Book, Genre


def put_them_in_one_annotate(log):
    """Several aggregates in one query give the same numbers as each of them alone."""
    counts = Count("sales"), Count("reviews")
    sums = Sum("sales__quantity"), Sum("reviews__rating")
    distinct_counts = Count("sales", distinct=True), Count("reviews", distinct=True)
    distinct_sums = Sum("sales__quantity", distinct=True), Sum("reviews__rating", distinct=True)
    one_relation = Count("books"), Sum("books__pages")
    unmoved = Max("sales__quantity"), Avg("reviews__rating")
    one_by_one = Book.objects.annotate(first=counts[0]).annotate(second=counts[1])
    return {
        "of one relation": _together(Genre, one_relation) == _alone(Genre, one_relation),
        "counts of two relations": _together(Book, counts) == _alone(Book, counts),
        "counts of two relations, in an `annotate()` each": _rows(one_by_one) == _alone(Book, counts),
        "counts of two relations, with `distinct=True`": _together(Book, distinct_counts) == _alone(Book, counts),
        "sums of two relations": _together(Book, sums) == _alone(Book, sums),
        "sums of two relations, with `distinct=True`": _together(Book, distinct_sums) == _alone(Book, sums),
        "`Max` of one relation, `Avg` of another": _together(Book, unmoved) == _alone(Book, unmoved),
    }


def _together(model, aggregates):
    first, second = aggregates
    return _rows(model.objects.annotate(first=first, second=second))


def _alone(model, aggregates):
    first, second = (model.objects.order_by("pk").annotate(alone=aggregate) for aggregate in aggregates)
    pairs = zip(first, second, strict=True)
    return [(one.pk, one.alone, other.alone) for one, other in pairs]


def _rows(queryset):
    return list(queryset.order_by("pk").values_list("pk", "first", "second"))
