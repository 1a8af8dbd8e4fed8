from itertools import groupby

from library.models import Book


def run():
    rows = Book.objects.order_by("pk").values_list("pk", "title", "genres__name")
    for (_, title), group in groupby(rows, key=lambda row: row[:2]):
        yield title, sorted(genre for *_, genre in group if genre is not None)
