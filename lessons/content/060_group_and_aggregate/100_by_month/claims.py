from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear, TruncMonth
from django.utils import timezone

from library.models import Author, Sale


def a_row_for_every_month(log):
    """A report grouped by `TruncMonth` has a row for every month from the first to the last."""
    june, july = datetime(2024, 6, 1, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)
    sales = Sale.objects.exclude(sold_at__gte=june, sold_at__lt=july)
    months = {sold_at.replace(day=1).date() for sold_at in sales.values_list("sold_at", flat=True)}
    reported = {row["month"].date() for row in _grouped(sales, month=TruncMonth("sold_at"))}
    return {
        "a month with sales": months <= reported,
        "a month without sales": june.date() in reported,
    }


def the_month_is_extracted(log):
    """A report grouped by the month of its sales has one row for each month of each year."""
    sales = Sale.objects.all()
    months = {(sold_at.year, sold_at.month) for sold_at in sales.values_list("sold_at", flat=True)}
    year, month = ExtractYear("sold_at"), ExtractMonth("sold_at")
    return {
        "`ExtractMonth` alone": len(_grouped(sales, month=month)) == len(months),
        "`ExtractYear` and `ExtractMonth`": len(_grouped(sales, year=year, month=month)) == len(months),
        "`TruncMonth`": len(_grouped(sales, month=TruncMonth("sold_at"))) == len(months),
    }


def stored_in_utc_grouped_in_utc(log):
    """With `USE_TZ`, times are stored in UTC, so `TruncMonth` gives months in UTC."""
    with timezone.override(ZoneInfo("Asia/Kolkata")):
        return {
            "a `DateTimeField`": not _names(log, "Asia/Kolkata", _months(Sale, TruncMonth("sold_at"))),
            "a `DateTimeField`, with `tzinfo=UTC`": not _names(
                log, "Asia/Kolkata", _months(Sale, TruncMonth("sold_at", tzinfo=UTC))
            ),
            "a `DateField`": not _names(log, "Asia/Kolkata", _months(Author, TruncMonth("joined_on"))),
        }


def the_zone_of_the_builder(log):
    """The time zone of a report is the one that was current when its queryset was built."""
    with timezone.override(ZoneInfo("Asia/Kolkata")):
        months = _months(Sale, TruncMonth("sold_at"))
    with timezone.override(ZoneInfo("America/New_York")):
        return _names(log, "Asia/Kolkata", months)


def python_sees_the_same_month(log):
    """`sale.sold_at` comes in the current time zone, so grouping in Python gives the same months."""
    with timezone.override(ZoneInfo("Asia/Kolkata")):
        sale = Sale.objects.order_by("pk")[0]
        return sale.sold_at.utcoffset() == timezone.localtime(sale.sold_at).utcoffset()


def _grouped(sales, **parts):
    return sales.values(**parts).annotate(number=Count("pk")).order_by(*parts)


def _months(model, month):
    return model.objects.values(month=month).annotate(number=Count("pk"))


def _names(log, zone, months):
    """Whether the statement names the zone. MariaDB and MySQL may lack their time zone tables: ValueError."""
    with suppress(ValueError):
        list(months)
    return zone in log[-1].sql or zone in [str(value) for value in log[-1].params or ()]
