from datetime import date
from decimal import Decimal

from django.core.exceptions import FieldError
from django.db import DatabaseError
from django.db.models import Avg, Count, F, Max, OuterRef, Subquery, Sum, Window
from django.db.models.functions import Coalesce

from library.models import Book, Review


def over_nothing_it_is_nought(log):
    """An aggregate over no rows is 0."""
    aggregates = {"`Count`": Count("pk"), "`Sum`": Sum("pages"), "`Avg`": Avg("pages"), "`Max`": Max("pages")}
    return {name: _over_nothing(aggregate) == 0 for name, aggregate in aggregates.items()}


def coalesce_gives_nought(log):
    """`Coalesce` around an aggregate, or `default=` in it, gives 0 where there are no rows."""
    aggregates = {
        "`Coalesce(…, 0)`, a sum of whole numbers": Coalesce(Sum("pages"), 0),
        "`Coalesce(…, 0)`, a sum of prices": Coalesce(Sum("price"), 0),
        "`Coalesce(…, Decimal(0))`, a sum of prices": Coalesce(Sum("price"), Decimal(0)),
        "`Coalesce(…, 0)`, an average of whole numbers": Coalesce(Avg("pages"), 0),
        "`default=0`, a sum of prices": Sum("price", default=0),
        "`default=0`, an average of whole numbers": Avg("pages", default=0),
    }
    return {name: _over_nothing(aggregate) == 0 for name, aggregate in aggregates.items()}


def default_is_short_for_coalesce(log):
    """`Sum(…, default=0)` does the same as `Coalesce(…, 0)` around it."""
    pages, defaulted = Sum("pages"), Sum("pages", default=0)
    reviews = Review.objects.filter(book=OuterRef("pk")).values("book")
    ratings = Subquery(reviews.annotate(n=Sum("rating")).values("n"))
    defaulted_ratings = Subquery(reviews.annotate(n=Sum("rating", default=0)).values("n"))
    window = Window(pages, order_by="pk")
    return {
        "in `aggregate()`": _over_nothing(defaulted) == _over_nothing(Coalesce(pages, 0)),
        "in `annotate()`": _numbers(Sum("reviews__rating", default=0))
        == _numbers(Coalesce(Sum("reviews__rating"), 0)),
        "in a subquery with a group": _numbers(defaulted_ratings) == _numbers(Coalesce(ratings, 0)),
        "in a window": _numbers(Window(defaulted, order_by="pk")) == _numbers(Coalesce(window, 0)),
    }


def the_default_changes_nothing_else(log):
    """`default=` is for the case without rows: with rows, the type of the result stays the same."""
    pairs = {
        "a sum of prices": (Sum("price"), Sum("price", default=0)),
        "an average of whole numbers": (Avg("pages"), Avg("pages", default=0)),
        "the latest date": (Max("published_on"), Max("published_on", default=date(1970, 1, 1))),
    }
    books = Book.objects.all()
    return {name: type(_n(books, plain)) is type(_n(books, other)) for name, (plain, other) in pairs.items()}


def the_best_come_first(log):
    """`order_by("-sold")` puts the books that sold best first, if `sold` is a sum."""
    books, sold = Book.objects.all(), Sum("sales__quantity")
    forms = {
        "with a plain `Sum`": books.annotate(sold=sold).order_by("-sold"),
        "with `default=0`": books.annotate(sold=Sum("sales__quantity", default=0)).order_by("-sold"),
        'ordered by `F("sold").desc(nulls_last=True)` instead': books.annotate(sold=sold).order_by(
            F("sold").desc(nulls_last=True)
        ),
    }
    return {form: queryset.first().sold is not None for form, queryset in forms.items()}


def _over_nothing(aggregate):
    return _n(Book.objects.filter(pages__lt=0), aggregate)


def _n(books, aggregate):
    try:
        return books.aggregate(n=aggregate)["n"]
    except FieldError as error:
        return error


def _numbers(expression):
    try:
        return list(Book.objects.annotate(n=expression).order_by("pk").values_list("pk", "n"))
    except DatabaseError as error:
        return error
