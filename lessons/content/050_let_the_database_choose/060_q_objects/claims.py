from django.db.models import Q

from library.models import Author, Book


def q_is_mandatory(log):
    """OR and NOT can only be said with `Q`."""
    low, announced = Q(stock__lt=30), Q(is_published=False)
    return {
        "OR: `|` between two querysets sends other SQL": _differ(
            log, Book.objects.filter(low | announced), Book.objects.filter(low) | Book.objects.filter(announced)
        ),
        "NOT: `exclude()` sends other SQL": _differ(
            log, Book.objects.filter(~Q(stock__lt=30)), Book.objects.exclude(stock__lt=30)
        ),
        "NOT of two conditions together: `exclude()` sends other SQL": _differ(
            log, Book.objects.filter(~(announced & low)), Book.objects.exclude(is_published=False, stock__lt=30)
        ),
    }


def an_empty_q_matches_nothing(log):
    """An empty `Q()` matches nothing, so a chain of ORs may begin with it."""
    everything, low = Book.objects.count(), Book.objects.filter(stock__gte=30).count()
    return {
        "`filter(Q())` finds nothing": not Book.objects.filter(Q()).exists(),
        "`Q() | Q(stock__gte=30)` finds what the second finds alone": (
            Book.objects.filter(Q() | Q(stock__gte=30)).count() == low
        ),
        "`filter(~Q())` finds everything": Book.objects.filter(~Q()).count() == everything,
        "a chain that begins with `Q()` and has no terms finds nothing": (
            not Book.objects.filter(_any_of([])).exists()
        ),
        "a chain that begins with `Q(pk__in=[])` and has no terms finds nothing": (
            not Book.objects.filter(Q(pk__in=[]) | _any_of([])).exists()
        ),
    }


def and_is_and(log):
    """`filter(a, b)`, `filter(a).filter(b)` and `filter(a) & filter(b)` find the same rows."""
    in_stock, cheap = Q(stock__gte=30), Q(price__lt=15)
    of_author = Q(books__stock__gte=30), Q(books__price__lt=15)
    return {
        "`.filter(a).filter(b)`, on one table": _same(
            Book.objects.filter(in_stock, cheap), Book.objects.filter(in_stock).filter(cheap)
        ),
        "`&` between querysets, on one table": _same(
            Book.objects.filter(in_stock, cheap), Book.objects.filter(in_stock) & Book.objects.filter(cheap)
        ),
        "`.filter(a).filter(b)`, on a to-many relation": _joins(
            Author.objects.filter(of_author[0]).filter(of_author[1])
        )
        == 1,
        "`&` between querysets, on a to-many relation": _joins(
            Author.objects.filter(of_author[0]) & Author.objects.filter(of_author[1])
        )
        == 1,
        "`filter(Q(…) & Q(…))`, on a to-many relation": _joins(Author.objects.filter(of_author[0] & of_author[1]))
        == 1,
    }


def _any_of(terms):
    found = Q()
    for term in terms:
        found |= Q(title__icontains=term)
    return found


def _differ(log, first, second):
    list(first), list(second)
    return log[-2].sql != log[-1].sql


def _same(first, second):
    return str(first.query) == str(second.query)


def _joins(queryset):
    list(queryset)
    return str(queryset.query).count(" JOIN ")
