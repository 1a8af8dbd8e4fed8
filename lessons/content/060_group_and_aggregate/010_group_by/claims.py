from django.db.models import Count, F, Max, Sum

from library.models import Book, Country, Sale


def a_row_for_every_group(log):
    """`values("customer__country").annotate(sold=Sum("quantity"))` gives one row for each country."""
    sales, sold = Sale.objects.all(), Sum("quantity")
    countries = sales.values("customer__country").annotate(sold=sold)
    forms = {
        "without an order": countries,
        "ordered by the grouped column": countries.order_by("customer__country"),
        "ordered by the aggregate": countries.order_by("-sold"),
        "ordered by another column": countries.order_by("sold_at"),
        "ordered by another column before `values()`": sales.order_by("sold_at")
        .values("customer__country")
        .annotate(sold=sold),
        "ordered, then cleared with `order_by()`": countries.order_by("sold_at").order_by(),
        "ordered by `Max()` of another column": countries.annotate(last=Max("sold_at")).order_by("last"),
        "with another column in a second `annotate()`": countries.annotate(day=F("sold_at")),
        "`annotate()` before `values()`": sales.annotate(sold=sold).values("customer__country", "sold"),
    }
    number = len({sale.customer.country_id for sale in sales.select_related("customer")})
    return {form: len(queryset) == number for form, queryset in forms.items()}


def an_order_moves_rows_only(log):
    """`order_by()` sorts the groups of a query and does not change them."""
    groups = Sale.objects.values("customer__country").annotate(sold=Sum("quantity"))
    ordered = groups.order_by("sold_at")
    limit = Sale.objects.aggregate(most=Max("quantity"))["most"]
    return {
        "in a loop": len(ordered) == len(groups),
        "in `.count()`": ordered.count() == groups.count(),
        "in `.aggregate()`": ordered.aggregate(Max("sold")) == groups.aggregate(Max("sold")),
        "in a subquery behind `__in`": _countries(ordered, limit) == _countries(groups, limit),
    }


def counts_what_it_groups_by(log):
    """`values("editor").annotate(books=Count("editor"))` counts the books in each group."""
    books = Book.objects.values("editor").annotate(by_key=Count("editor"), by_star=Count("*"))
    rows = [(row["editor"], row["by_key"], row["by_star"]) for row in books]
    return {
        "the group of an editor": all(by_key == by_star for editor, by_key, by_star in rows if editor),
        "the group of books without an editor": all(
            by_key == by_star for editor, by_key, by_star in rows if not editor
        ),
    }


def _countries(groups, limit):
    numbers = groups.filter(sold__gt=limit).values("customer__country")
    return set(Country.objects.filter(pk__in=numbers))
