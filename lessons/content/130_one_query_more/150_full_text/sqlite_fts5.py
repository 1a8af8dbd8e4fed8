from django.db.models.expressions import RawSQL

from library.models import Book


def run():
    found = RawSQL("SELECT rowid FROM book_words WHERE book_words MATCH %s", ["sea"])
    yield from Book.objects.filter(pk__in=found).order_by("pk").values_list("pk", "title")
