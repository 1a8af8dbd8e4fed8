from django.core.exceptions import FieldError
from django.db.models import Count, F, OuterRef, Subquery, Sum

from library.models import Customer, Sale

_TOTALS = Sale.objects.filter(customer=OuterRef("pk")).values("customer").annotate(total=Sum("amount"))
_SPENT = Subquery(_TOTALS.values("total"))


def once_in_the_statement(log):
    """The subquery stands in the statement once."""
    annotated, aliased = Customer.objects.annotate(spent=_SPENT), Customer.objects.alias(spent=_SPENT)
    forms = {
        "`annotate(spent=…).filter(spent__gte=20)`": annotated.filter(spent__gte=20),
        'the same, then `values_list("name")`': annotated.filter(spent__gte=20).values_list("name"),
        '`annotate(spent=…).order_by("spent")`': annotated.order_by("spent"),
        "`alias(spent=…).filter(spent__gte=20)`": aliased.filter(spent__gte=20),
        '`alias(spent=…)`, `filter()` and `order_by("spent")`': aliased.filter(spent__gte=20).order_by("spent"),
    }
    return {form: _sql(log, customers).count("SUM(") == 1 for form, customers in forms.items()}


def count_keeps_the_annotation(log):
    """`count()` computes the annotation for every row, so `alias()` helps there, too."""
    annotated, aliased = Customer.objects.annotate(spent=_SPENT), Customer.objects.alias(spent=_SPENT)
    return {
        "an annotation that nothing uses": _subqueries(log, annotated) > _subqueries(log, aliased),
        "an annotation that a filter uses": _subqueries(log, annotated.filter(spent__gte=20))
        > _subqueries(log, aliased.filter(spent__gte=20)),
    }


def an_alias_works_everywhere(log):
    """An alias can be used wherever an annotation can."""
    aliased = Customer.objects.alias(spent=_SPENT)
    return {
        "`filter()`": _works(lambda: aliased.filter(spent__gte=20)),
        "`order_by()`": _works(lambda: aliased.order_by("spent")),
        "another `alias()`": _works(lambda: aliased.alias(twice=F("spent") * 2).filter(twice__gte=20)),
        "`values()`": _works(lambda: aliased.values("spent")),
        "`aggregate()`": _works(lambda: [aliased.aggregate(sum=Sum("spent"))]),
        "an attribute of the object": _works(lambda: [customer.spent for customer in aliased]),
    }


def an_unused_alias_is_free(log):
    """An alias that nothing uses leaves no trace in the SQL."""
    plain = _sql(log, Customer.objects.all())
    return {
        "a `Subquery()`": _sql(log, Customer.objects.alias(spent=_SPENT)) == plain,
        "a column under another name": _sql(log, Customer.objects.alias(called=F("name"))) == plain,
        "a `Count()` over a relation": _sql(log, Customer.objects.alias(number=Count("sales"))) == plain,
    }


def _sql(log, customers):
    list(customers)
    return log[-1].sql


def _subqueries(log, customers):
    customers.count()
    return log[-1].sql.count("SUM(")


def _works(make):
    try:
        list(make())
    except (AttributeError, FieldError):
        return False
    return True
