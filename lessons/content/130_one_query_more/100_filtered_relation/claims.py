from django.core.exceptions import FieldError
from django.db.models import Count, F, FilteredRelation, Q, Sum

from library.models import Author, Book


def every_book_stays(log):
    """The list has every book, and the copies that customer 5 has bought of it."""
    of_customer = Q(sales__customer=5)
    number, copies = Book.objects.count(), Sum("sales__quantity")
    ways = {
        "`FilteredRelation`": Book.objects.annotate(
            mine=FilteredRelation("sales", condition=of_customer), copies=Sum("mine__quantity")
        ),
        "`filter(sales__customer=5)`, then `Sum()`": Book.objects.filter(of_customer).annotate(copies=copies),
        "`filter(Q(sales=None) | Q(sales__customer=5))`, then `Sum()`": Book.objects.filter(
            Q(sales=None) | of_customer
        ).annotate(copies=copies),
        "`Sum(filter=…)`": Book.objects.annotate(copies=Sum("sales__quantity", filter=of_customer)),
    }
    return {way: len(books) == number for way, books in ways.items()}


def the_condition_is_in_where(log):
    """Whatever you write, Django puts a condition on a relation into WHERE."""
    mine = Book.objects.annotate(mine=FilteredRelation("sales", condition=Q(sales__customer=5)))
    return {
        "`filter(sales__customer=5)`": _in_where(log, Book.objects.filter(sales__customer=5)),
        "a `FilteredRelation` that `Count()` uses": _in_where(log, mine.annotate(number=Count("mine"))),
        "a `FilteredRelation` that nothing uses": _in_where(log, mine),
    }


def any_condition(log):
    """A `FilteredRelation` takes any condition."""
    conditions = {
        "a column of the related row": ("books", Q(books__is_published=True)),
        "two columns, with OR": ("books", Q(books__is_published=True) | Q(books__stock=0)),
        "compared with a column of the row itself": ("books", Q(books__published_on__gt=F("joined_on"))),
        "a relation of two steps": ("books__sales", Q(books__sales__quantity=1)),
        "a path that leads further than the relation": ("books", Q(books__publisher__country=1)),
    }
    return {name: _works(lambda: _authors(*condition)) for name, condition in conditions.items()}


def a_relation_like_any_other(log):
    """The name of a `FilteredRelation` works wherever the name of a relation does."""
    authors = _authors("books", Q(books__is_published=True))
    return {
        "`filter(published__pages__gt=60)`": _works(lambda: authors.filter(published__pages__gt=60)),
        '`values("published__title")`': _works(lambda: authors.values("published__title")),
        '`select_related("published")`': _works(lambda: authors.select_related("published")),
        '`prefetch_related("published")`': _works(lambda: authors.prefetch_related("published")),
        "`author.published`": _works(lambda: [author.published for author in authors]),
    }


def two_do_not_mix(log):
    """Two `FilteredRelation`s in one query do not disturb each other's counts."""
    both = _authors("books", Q(books__is_published=True)).annotate(
        low=FilteredRelation("books", condition=Q(books__stock__lt=100)), number=Count("low")
    )
    distinct = both.annotate(n=Count("published", distinct=True))
    alone = _numbers(_authors("books", Q(books__is_published=True)))
    return {"`Count()`": _numbers(both) == alone, "`Count(distinct=True)`": _numbers(distinct) == alone}


def one_for_two_querysets(log):
    """One `FilteredRelation` object can be used in two querysets."""
    mine = FilteredRelation("sales", condition=Q(sales__customer=5))
    first = Book.objects.annotate(mine=mine, n=Count("mine"))
    list(first)
    try:
        return list(Book.objects.annotate(mine=mine, n=Count("mine"))) == list(first)
    except FieldError:
        return False


def _numbers(authors):
    return dict(authors.values_list("pk", "n"))


def _authors(relation, condition):
    return Author.objects.annotate(published=FilteredRelation(relation, condition=condition), n=Count("published"))


def _in_where(log, books):
    list(books)
    return "WHERE" in log[-1].sql


def _works(make):
    try:
        list(make())
    except (AttributeError, ValueError):
        return False
    return True
