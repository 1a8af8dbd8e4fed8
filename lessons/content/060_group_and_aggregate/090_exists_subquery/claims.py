from django.db import DatabaseError
from django.db.models import Count, Exists, OuterRef, Subquery

from library.models import Author, Book, Customer, Sale

_SALES = Sale.objects.filter(customer=OuterRef("pk"))
_LARGE = _SALES.filter(amount__gte=30)


def annotate_then_filter(log):
    """However you filter by `Exists(…)`, its subquery stands in the statement once."""
    customers, large = Customer.objects.order_by("pk"), Exists(_LARGE)
    forms = {
        "`annotate(large=Exists(…)).filter(large=True)`": customers.annotate(large=large).filter(large=True),
        "`alias(large=Exists(…)).filter(large=True)`": customers.alias(large=large).filter(large=True),
        "`filter(Exists(…))`": customers.filter(large),
    }
    return {form: _subqueries(log, queryset) == 1 for form, queryset in forms.items()}


def exists_beats_in(log):
    """`Exists(…)` stops at the first match, while `pk__in` with a subquery collects the whole list."""
    exists = Customer.objects.filter(Exists(_LARGE))
    by_key = Customer.objects.filter(pk__in=Sale.objects.filter(amount__gte=30).values("customer"))
    return _for_each_row(exists) and not _for_each_row(by_key)


def a_key_in_a_list_says_the_same(log):
    """`Exists(…)` and `pk__in` with a subquery return the same rows."""
    edited, editors = Exists(Book.objects.filter(editor=OuterRef("pk"))), Book.objects.values("editor")
    authors = Author.objects.order_by("pk")
    named = editors.filter(editor__isnull=False)
    return {
        "authors who have edited a book": _same(authors.filter(edited), authors.filter(pk__in=editors)),
        "authors who have not": _same(authors.filter(~edited), authors.exclude(pk__in=editors)),
        "authors who have not, with NULL left out of the list": _same(
            authors.filter(~edited), authors.exclude(pk__in=named)
        ),
    }


def distinct_mends_the_join(log):
    """A join with `distinct()` returns the same as `Exists`."""
    exists, joined = Customer.objects.filter(Exists(_LARGE)), Customer.objects.filter(sales__amount__gte=30)
    number = Count("sales")
    return {
        "a list of customers": _same(exists.order_by("pk"), joined.distinct().order_by("pk")),
        "the same list, with a count of all their sales": _same(
            exists.annotate(n=number).order_by("pk").values_list("pk", "n"),
            joined.distinct().annotate(n=number).order_by("pk").values_list("pk", "n"),
        ),
    }


def the_first_row_is_taken(log):
    """`Subquery(….values("amount"))` gives the value of the first row."""
    amount = _SALES.order_by("-sold_at").values("amount")
    return {
        "with `[:1]`": _runs(Customer.objects.annotate(last=Subquery(amount[:1]))),
        "without `[:1]`": _runs(Customer.objects.annotate(last=Subquery(amount))),
    }


def _for_each_row(queryset):
    """Whether the plan runs the subquery for each row: in the words of SQLite, PostgreSQL and MariaDB."""
    plan = queryset.explain()
    return any(words in plan for words in ("CORRELATED", "SubPlan", "DEPENDENT SUBQUERY"))


def _subqueries(log, customers):
    list(customers)
    return log[-1].sql.count("EXISTS(")


def _same(one, other):
    return list(one) == list(other)


def _runs(queryset):
    try:
        list(queryset)
    except DatabaseError:
        return False
    return True
