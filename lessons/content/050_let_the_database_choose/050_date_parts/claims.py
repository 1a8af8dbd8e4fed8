from datetime import date
from zoneinfo import ZoneInfo

from django.db.models.functions import ExtractYear
from django.utils import timezone

from library.models import Sale


def the_parts_of_a_date_are_compared(log):
    """Lookups such as `sold_at__year` and `sold_at__month` compute that part for every row."""
    sales, by_year = Sale.objects.all(), Sale.objects.annotate(year=ExtractYear("sold_at"))
    return {
        "`__year`": _wraps_the_column(log, sales.filter(sold_at__year=2025)),
        "`__year__gte`": _wraps_the_column(log, sales.filter(sold_at__year__gte=2025)),
        "`__year__in`": _wraps_the_column(log, sales.filter(sold_at__year__in=[2024, 2025])),
        '`ExtractYear("sold_at")`, then `filter(year=…)`': _wraps_the_column(log, by_year.filter(year=2025)),
        "`__month`": _wraps_the_column(log, sales.filter(sold_at__month=11)),
        "`__quarter`": _wraps_the_column(log, sales.filter(sold_at__quarter=4)),
        "`__date`": _wraps_the_column(log, sales.filter(sold_at__date=date(2025, 11, 1))),
    }


def in_the_database_alone(log):
    """To find the sales of a year, a month or a day, the database converts each time to the current time zone."""
    with timezone.override(ZoneInfo("Asia/Kolkata")):
        return {
            "`__year`": _names_a_zone(log, Sale.objects.filter(sold_at__year=2025)),
            "`__month`": _names_a_zone(log, Sale.objects.filter(sold_at__month=11)),
            "`__date`": _names_a_zone(log, Sale.objects.filter(sold_at__date=date(2025, 11, 1))),
        }


def a_year_is_a_year(log):
    """`filter(sold_at__year=2025)` finds the same sales in every time zone."""
    begins = []
    for name in ("Pacific/Auckland", "Pacific/Honolulu"):
        with timezone.override(ZoneInfo(name)):
            begins.append(str(_ask(log, Sale.objects.filter(sold_at__year=2025)).params[0]))
    return begins[0] == begins[1]


def _ask(log, sales):
    list(sales.values_list("pk"))
    return log[-1]


def _wraps_the_column(log, sales):
    where = _ask(log, sales).sql.partition("WHERE")[2].lower()
    return any(word in where for word in ("extract", "cast", "::date", "date("))


def _names_a_zone(log, sales):
    query = _ask(log, sales)
    return "Asia/Kolkata" in query.sql or "Asia/Kolkata" in [str(value) for value in query.params or ()]
