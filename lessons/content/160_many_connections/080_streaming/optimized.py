from accident import download
from django.db import OperationalError, connection
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from rows import line

from library.models import Book


def page_after(key, size):
    return list(Book.objects.select_related("author").filter(pk__gt=key).order_by("pk")[:size])


def books(size=50):
    key = 0
    while True:
        try:
            page = page_after(key, size)
        except OperationalError:
            connection.close()  # so that the next query opens a new one
            page = page_after(key, size)
        yield from page
        if len(page) < size:
            return
        key = page[-1].pk


def export(request):
    return StreamingHttpResponse(map(line, books()), content_type="text/csv")


def run():
    half = Book.objects.count() // 2
    return download(export(RequestFactory().get("/books.csv")), lost_after=half)
