from django.db.models import Count, Sum


def a_minute(visits):
    """What the shop asks in a minute: a report once, and on fifty pages how long their reader has read."""
    yield from top_pages(visits)
    for reader in range(50):
        yield reader, seconds_of(visits, reader)


def top_pages(visits):
    pages = visits.values("page").annotate(visits=Count("pk"), seconds=Sum("seconds"))
    return pages.order_by("-seconds", "page").values_list("page", "visits", "seconds")[:10]


def seconds_of(visits, reader):
    return visits.filter(reader=reader).aggregate(seconds=Sum("seconds"))["seconds"]
