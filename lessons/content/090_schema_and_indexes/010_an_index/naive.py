from datetime import UTC, datetime, timedelta

from setup import Visit

from library.models import Book


def run():
    last_night = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)
    books = Book.objects.order_by("pk").only("isbn", "pages")
    Visit.objects.bulk_create(Visit(address=book.isbn, seconds=book.pages, seen_at=last_night) for book in books)
    for day in range(31):
        since = datetime(2025, 12, 1, tzinfo=UTC) + timedelta(days=day)
        until = since + timedelta(days=1)
        yield since.date(), Visit.objects.filter(seen_at__gte=since, seen_at__lt=until).count()
