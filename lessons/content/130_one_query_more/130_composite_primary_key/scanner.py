from library.models import Book


def scanned():
    """What the staff scanned, as (branch, book): every third book, each in one of the six branches."""
    keys = list(Book.objects.order_by("pk").values_list("pk", flat=True))
    return [(1 + number % 6, key) for number, key in enumerate(keys[::3])]
