import warnings
from decimal import Decimal

from django.core.exceptions import FieldError
from django.db import DatabaseError
from django.db.models import Count, DecimalField, F, IntegerField, Sum
from django.db.models.expressions import RawSQL

from library.models import Author, Book

REVIEWS = "SELECT COUNT(*) FROM library_review WHERE library_review.book_id = library_book.id"


def it_is_deprecated(log):
    """`extra()` is deprecated."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        list(Book.objects.extra(select={"reviews_number": REVIEWS}, where=["pages > %s"], params=[0]))
    return any(issubclass(warning.category, (DeprecationWarning, PendingDeprecationWarning)) for warning in warned)


def there_is_another_way(log):
    """Everything that `extra()` does can be done without it."""
    books, authors = Book.objects.all(), Author.objects.all()
    pairs = {
        "`select=`": (
            books.extra(select={"number": REVIEWS}).values_list("pk", "number"),
            books.annotate(number=Count("reviews")).values_list("pk", "number"),
        ),
        "`where=`": (
            books.extra(where=["stock < sales_count"]).values_list("pk"),
            books.filter(stock__lt=F("sales_count")).values_list("pk"),
        ),
        "`tables=`": (
            authors.extra(
                tables=["library_profile"], where=["author_id = library_author.id", "newsletter"]
            ).values_list("pk"),
            authors.filter(profile__newsletter=True).values_list("pk"),
        ),
        "`order_by=`": (
            books.extra(select={"sum": "pages + stock"}, order_by=["sum", "id"]).values_list("pk"),
            books.order_by(F("pages") + F("stock"), "pk").values_list("pk"),
        ),
    }
    return {
        argument: list(extra) == list(other) if argument == "`order_by=`" else sorted(extra) == sorted(other)
        for argument, (extra, other) in pairs.items()
    }


def a_bare_name_is_enough(log):
    """In the SQL of `extra()`, a column of the model needs no table's name in front."""
    books = Book.objects.extra(where=["id > %s"], params=[0])
    return {
        "alone": _works(books),
        "with `select_related()`": _works(books.select_related("author")),
        "ordered by the author's name": _works(books.order_by("author__name")),
        "as `RawSQL` in `annotate()`, with `select_related()`": _works(
            Book.objects.annotate(number=RawSQL("id * 2", [])).select_related("author")
        ),
    }


def the_tables_name_helps(log):
    """If the SQL of `extra()` names the table, it works wherever the queryset is used."""
    own = Book.objects.extra(where=["library_book.pages > %s"], params=[0])
    joined = Book.objects.select_related("author").extra(where=["library_author.id > %s"], params=[0])
    return {
        "with `select_related()`": _works(own.select_related("author")),
        "behind `__in`, for authors": _works(Author.objects.filter(pk__in=own.values("author"))),
        "the author's table, in a loop": _works(joined.all()),
        "the author's table, in `count()`": _works(joined, lambda books: books.count()),
    }


def like_an_annotation(log):
    """A column that `extra(select=…)` adds can be used like an annotation."""
    extra = Book.objects.extra(select={"number": REVIEWS})
    annotated = Book.objects.annotate(number=RawSQL(REVIEWS, [], IntegerField()))
    uses = {
        "`order_by()`": lambda books: list(books.order_by("number")),
        "`values()`": lambda books: list(books.values("number").annotate(books=Count("pk"))),
        "`filter()`": lambda books: list(books.filter(number__gt=1)),
        "`aggregate()`": lambda books: books.aggregate(Sum("number")),
        "`F()`": lambda books: list(books.annotate(twice=F("number") * 2)),
    }
    return {name: _works(extra, use) == _works(annotated, use) for name, use in uses.items()}


def a_taken_name_is_refused(log):
    """Django refuses an added column that has the name of a field."""
    return {
        '`annotate(title=F("isbn"))`': not _works(
            Book.objects, lambda books: list(books.annotate(title=F("isbn")))
        ),
        '`extra(select={"title": "isbn"})`': not _works(Book.objects.extra(select={"title": "isbn"})),
    }


def values_are_converted(log):
    """A price times two, computed in SQL, is a `Decimal` again."""
    books, price = Book.objects.order_by("pk"), DecimalField(max_digits=9, decimal_places=2)
    double = {
        "`extra()`": books.extra(select={"double": "price * 2"}),
        "`RawSQL`": books.annotate(double=RawSQL("price * 2", [])),
        "`RawSQL`, with `output_field`": books.annotate(double=RawSQL("price * 2", [], price)),
        '`F("price") * 2`': books.annotate(double=F("price") * 2),
    }
    return {name: type(queryset[0].double) is Decimal for name, queryset in double.items()}


def _works(books, use=list):
    try:
        use(books)
    except (DatabaseError, FieldError, ValueError):
        return False
    return True
