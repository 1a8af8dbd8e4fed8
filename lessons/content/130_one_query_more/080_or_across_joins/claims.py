from django.db.models import Count, Q, Sum

from library.models import Book, Customer, Review, Sale


def a_row_for_each(log):
    """A join of books with their sales and reviews has a row for each sale and a row for each review."""
    sold, reviewed = {"sales__pk__gt": 0}, {"reviews__pk__gt": 0}
    sales, reviews = Sale.objects.count(), Review.objects.count()
    return {
        "the sales alone": Book.objects.filter(**sold).count() == sales,
        "the reviews alone": Book.objects.filter(**reviewed).count() == reviews,
        "sales and reviews in one query": Book.objects.filter(**sold, **reviewed).count() <= sales + reviews,
    }


def an_inner_join_always(log):
    """A condition on a relation is an INNER JOIN, so rows without a match are dropped early."""
    bought, reviewed = Q(sales__customer=5), Q(reviews__customer=5)
    return {
        "one condition": _inner(log, bought),
        "`&` between two relations": _inner(log, bought & reviewed),
        "`|` between two conditions on one relation": _inner(log, bought | Q(sales__quantity=3)),
        "`|` between two relations": _inner(log, bought | reviewed),
    }


def a_bar_is_a_union(log):
    """`|` between two querysets sends a UNION."""
    bought, reviewed = Book.objects.filter(sales__customer=5), Book.objects.filter(reviews__customer=5)
    list(bought | reviewed)
    return "UNION" in log[-1].sql


def distinct_repairs_the_join(log):
    """With `distinct()`, a number that you compute from the joined list is right, too."""
    of_customer = Q(sales__customer=5) | Q(reviews__customer=5)
    joined = Book.objects.filter(of_customer).distinct()
    books = Book.objects.filter(pk__in=[book.pk for book in joined])
    return {
        "`count()`": joined.count() == books.count(),
        '`aggregate(Sum("price"))`': joined.aggregate(sum=Sum("price")) == books.aggregate(sum=Sum("price")),
        '`annotate(n=Count("sales"))`': _sales(joined) == _sales(books),
    }


def the_list_is_made_once(log):
    """The database makes the list behind `pk__in` once, and not for each book."""
    customer = Customer.objects.get(pk=5)
    bought, reviewed = customer.sales.values("book"), customer.reviews.values("book")
    return {
        "a queryset": _is_made_once(Book.objects.filter(pk__in=bought)),
        "a `union()` of two querysets": _is_made_once(Book.objects.filter(pk__in=bought.union(reviewed))),
    }


def _inner(log, condition):
    list(Book.objects.filter(condition))
    return "LEFT OUTER JOIN" not in log[-1].sql


def _sales(books):
    return dict(books.annotate(n=Count("sales")).values_list("pk", "n"))


def _is_made_once(books):
    """By the words of SQLite's, MariaDB's and PostgreSQL's plans."""
    plan = books.explain()
    return not ("CORRELATED" in plan or "DEPENDENT" in plan or ("SubPlan" in plan and "hashed" not in plan))
