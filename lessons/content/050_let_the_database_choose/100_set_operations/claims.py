from django.db import DatabaseError
from django.db.models import F, Sum

from library.models import Author, Book, Customer, Review, Sale


def one_list_after_the_other(log):
    """`union()` returns all rows of the first queryset, then all rows of the second."""
    bought, reviewed = _pairs(Sale), _pairs(Review)
    return {
        "`union()`": len(bought.union(reviewed)) == len(bought) + len(reviewed),
        "`union(all=True)`": len(bought.union(reviewed, all=True)) == len(bought) + len(reviewed),
    }


def what_both_have_is_dropped(log):
    """`union()` drops only those rows of the second queryset that are in the first."""
    bought, reviewed = _pairs(Sale), _pairs(Review)
    new = [pair for pair in reviewed if pair not in set(bought)]
    return len(bought.union(reviewed)) == len(bought) + len(new)


def beside_an_empty_side(log):
    """A union with an empty queryset returns every row once, too."""
    bought, reviewed = _pairs(Sale), _pairs(Review)
    empty = {
        "the database finds nothing, as with `rating__gt=5`": reviewed.filter(rating__gt=5),
        "Django knows it, as with `pk__in=[]`": reviewed.filter(pk__in=[]),
        "`none()`": reviewed.none(),
    }
    return {name: len(bought.union(side)) == len(set(bought)) for name, side in empty.items()}


def sets_in_the_database(log):
    """`union()`, `intersection()` and `difference()` return what `|`, `&` and `-` return for Python's sets."""
    bought, reviewed = _pairs(Sale), _pairs(Review)
    return {
        "`union()`": _is_set(bought.union(reviewed), set(bought) | set(reviewed)),
        "`intersection()`": _is_set(bought.intersection(reviewed), set(bought) & set(reviewed)),
        "`difference()`": _is_set(bought.difference(reviewed), set(bought) - set(reviewed)),
    }


def columns_find_their_names(log):
    """A union matches the columns of its two sides by their names."""
    first, other = (Book.objects.filter(pk=1).values(*names) for names in (("pk", "pages"), ("pages", "pk")))
    return len(first.union(other)) == 1


def objects_of_both_models(log):
    """A union of authors and customers returns authors and customers."""
    columns = ("pk", "name", "email")
    people = Author.objects.only(*columns).union(Customer.objects.only(*columns), all=True)
    return any(isinstance(person, Customer) for person in people)


def a_queryset_like_any_other(log):
    """`union()` returns a queryset, and every method of querysets works on it."""
    cheap, selling = Book.objects.filter(price__lt=20), Book.objects.filter(sales_count__gt=5)
    authors = [books.select_related("author") for books in (cheap, selling)]
    books = {*cheap, *selling}
    united = cheap.union(selling)
    return {
        "`filter()`": _works(lambda: united.filter(pk__gt=0)),
        "`annotate()`": _works(lambda: united.annotate(twice=F("pages") * 2)),
        "`distinct()`": _works(lambda: united.distinct()),
        "`prefetch_related()`": _works(lambda: united.prefetch_related("author")),
        "`select_related()`": _works(lambda: united.select_related("author")),
        "`select_related()` on each side, before": _works(lambda: authors[0].union(authors[1])),
        "`count()`": united.count() == len(books),
        '`order_by("price")`, cut': united.order_by("price")[0].price == min(book.price for book in books),
        '`order_by("author__name")`': _works(lambda: united.order_by("author__name")),
        "`pk__in` of its keys": set(Book.objects.filter(pk__in=united.values("pk"))) == books,
        '`aggregate(Sum("pages"))`': _sum_of_pages(united) == sum(book.pages for book in books),
    }


def a_side_is_any_queryset(log):
    """Each side of a union may be ordered and sliced: the five cheapest books, and the five best sellers."""
    cheapest = Book.objects.order_by("price", "pk")[:5]
    return _works(lambda: cheapest.union(Book.objects.order_by("-sales_count", "pk")[:5]))


def _pairs(model):
    return model.objects.values_list("customer", "book")


def _is_set(rows, expected):
    return sorted(rows) == sorted(expected)


def _works(make):
    try:
        list(make())
    except (DatabaseError, TypeError):
        return False
    return True


def _sum_of_pages(books):
    try:
        return books.aggregate(sum=Sum("pages"))["sum"]
    except DatabaseError:
        return None
