from datetime import date

from django.core.exceptions import FieldError
from django.db import DatabaseError
from django.db.models import Case, CharField, Count, Exists, Max, OuterRef, Q, Value, When
from django.db.models.functions import Cast

from library.models import Book, Review

_DAY = date(2020, 1, 1)


def a_row_for_every_label(log):
    """If you label the rows with `Case` and group by the label, you get a row for every label."""
    labels = {
        "a label that some books have": When(is_published=False, then=Value("draft")),
        "a label that no book has": When(pages=0, then=Value("empty")),
    }
    return {name: len(_counts(Case(when, default=Value("book")))) == 2 for name, when in labels.items()}


def output_field_sets_the_type(log):
    """If a `Case` has values of two types, all of them come back as texts."""
    empty = When(stock=0, then=Value("sold out"))
    cases = {
        "without `output_field`": Case(empty, default="stock"),
        "with `output_field=CharField()`": Case(empty, default="stock", output_field=CharField()),
        "with a `Cast` of the other value instead": Case(empty, default=Cast("stock", CharField())),
    }
    return {name: _are_texts(case) for name, case in cases.items()}


def opposites_leave_nothing(log):
    """If a `Case` has a condition and its opposite, no row gets the default."""
    books, newer = Book.objects.all(), Q(published_on__gt=_DAY)
    sold = books.annotate(largest=Max("sales__quantity"))
    return {
        "`__gt` and `__lte` of a column": 3 not in _outcomes(books, newer, Q(published_on__lte=_DAY)),
        "`__gt` and its `~Q` of a column": 3 not in _outcomes(books, newer, ~newer),
        "`__gt` and its `~Q` of an aggregate": 3 not in _outcomes(sold, Q(largest__gt=1), ~Q(largest__gt=1)),
    }


def most_urgent_first(log):
    """If you order by a `Case`, the books come in the order of its conditions."""
    low = Q(stock__lt=50)
    labels = {
        "a label of text": Case(When(low, then=Value("low")), default=Value("high")),
        "a number for each label": Case(When(low, then=Value(1)), default=Value(2)),
    }
    return {name: Book.objects.order_by(label, "pk").first().stock < 50 for name, label in labels.items()}


def a_label_for_each_book(log):
    """`annotate()` with a `Case` returns each book once, with one label."""
    liked = Review.objects.filter(book=OuterRef("pk"), rating__gte=4)
    conditions = {
        "a condition on the book": Q(stock=0),
        "a condition on its publisher": Q(publisher__name__startswith="A"),
        "a condition on its reviews": Q(reviews__rating__gte=4),
        "`Exists` of such reviews": Q(Exists(liked)),
    }
    number = Book.objects.count()
    return {name: len(_labelled(condition)) == number for name, condition in conditions.items()}


def _counts(label):
    return Book.objects.annotate(label=label).values_list("label").annotate(number=Count("*"))


def _are_texts(case):
    try:
        return all(isinstance(label, str) for label in Book.objects.values_list(case, flat=True))
    except (FieldError, DatabaseError):
        return False


def _outcomes(books, condition, opposite):
    case = Case(When(condition, then=1), When(opposite, then=2), default=3)
    return set(books.annotate(outcome=case).values_list("outcome", flat=True))


def _labelled(condition):
    return Book.objects.annotate(label=Case(When(condition, then=Value("yes")), default=Value("no")))
