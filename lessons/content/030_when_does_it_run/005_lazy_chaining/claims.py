from copy import copy

from django.db.models import Avg, Count, Q
from django.db.models.functions import Now
from django.utils.functional import SimpleLazyObject

from library.models import Author, Book


def the_order_of_calls_does_not_matter(log):
    """It does not matter in which order you call the methods of a queryset."""
    books, authors = Book.objects.order_by("pk"), Author.objects.order_by("pk")
    number = Count("books")
    return {
        "`filter()` and `select_related()`": _same(
            lambda: books.filter(stock=0).select_related("author"),
            lambda: books.select_related("author").filter(stock=0),
        ),
        "`filter()` and `order_by()`": _same(
            lambda: Book.objects.filter(stock__gt=0).order_by("pk"),
            lambda: Book.objects.order_by("pk").filter(stock__gt=0),
        ),
        "`order_by()` and `order_by()`": _same(
            lambda: books.order_by("price", "pk"),
            lambda: books.order_by("price", "pk").order_by("pk"),
        ),
        "`values()` and `annotate()`": _same(
            lambda: Book.objects.values("author").annotate(number=Count("pk")).order_by("author"),
            lambda: Book.objects.annotate(number=Count("pk")).values("author", "number").order_by("author"),
        ),
        "`filter()` and `annotate()`, across the same relation": _same(
            lambda: authors.filter(books__price__lt=20).annotate(number=number).values_list("pk", "number"),
            lambda: authors.annotate(number=number).filter(books__price__lt=20).values_list("pk", "number"),
        ),
        "`values()` and `select_related()`": _same(
            lambda: books.select_related("author").values("pk"),
            lambda: books.values("pk").select_related("author"),
        ),
        "`filter()` and a slice": _same(
            lambda: books.filter(stock__gt=0)[:3],
            lambda: books[:3].filter(stock__gt=0),
        ),
    }


def building_runs_nothing(log):
    """However you build a queryset, no query runs before you loop over it."""
    books, authors = Book.objects.order_by("pk"), Author.objects.filter(country=1)
    ways = {
        "`filter()`, `exclude()`, `select_related()`": lambda: (
            books.filter(stock=0).exclude(price=0).select_related("author")
        ),
        "a queryset in a condition": lambda: books.filter(author__in=authors),
        "a list of it in a condition": lambda: books.filter(author__in=list(authors)),
        "`get()` in a condition": lambda: books.filter(author=Author.objects.get(pk=1)),
        "`aggregate()` in a condition": lambda: books.filter(price__lt=books.aggregate(p=Avg("price"))["p"]),
        "a lazy object in a condition, such as `request.user`": lambda: books.filter(
            author=SimpleLazyObject(lambda: Author.objects.get(pk=1))
        ),
        "`[:10]`": lambda: books[:10],
        "`[:10:2]`": lambda: books[:10:2],
        "`or` between two": lambda: books.filter(stock=0) or books.all(),
        "`str(queryset.query)`": lambda: str(books.query),
        "`repr()`": lambda: repr(books.all()),
        "`copy()`": lambda: copy(books.all()),
    }
    return {name: _queries(log, build) == 0 for name, build in ways.items()}


def values_are_read_when_it_runs(log):
    """The values in a condition are read when the query runs."""
    keys, kept = [1], [1]
    books, kept_in_q = Book.objects.filter(pk__in=keys), Q(pk__in=kept)
    author = Author.objects.get(pk=1)
    by_author = Book.objects.filter(author=author)
    keys.append(2)
    kept.append(2)
    author.pk = 2
    return {
        "a list, changed later": len(books) == 2,
        "the key of an object, changed later": _run(log, by_author).params[0] == 2,
        "a list in a `Q`, changed before the `Q` is used": Book.objects.filter(kept_in_q).count() == 2,
        "`Now()`": not _run(log, Book.objects.filter(published_on__lt=Now())).params,
    }


def each_of_them_is_a_query(log):
    """A view that builds three querysets runs three queries, even if the template shows one of them."""
    books = Book.objects.order_by("pk")
    tabs = {"gone": books.filter(stock=0), "thick": books.filter(pages__gte=400), "new": books.order_by("-pk")}
    list(tabs["thick"])
    return len(log) == 3


def _same(make, make_otherwise):
    try:
        return list(make()) == list(make_otherwise())
    except TypeError:
        return False


def _queries(log, build):
    before = len(log)
    build()
    return len(log) - before


def _run(log, books):
    list(books)
    return log[-1]
