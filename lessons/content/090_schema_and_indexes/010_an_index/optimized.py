from datetime import UTC, datetime, timedelta

from setup import VisitWithIndex as Visit


def run():
    for day in range(31):
        since = datetime(2025, 12, 1, tzinfo=UTC) + timedelta(days=day)
        until = since + timedelta(days=1)
        yield since.date(), Visit.objects.filter(seen_at__gte=since, seen_at__lt=until).count()
