from accident import download
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from rows import line

from library.models import Book


def books(size=50):
    yield from Book.objects.select_related("author").order_by("pk").iterator(chunk_size=size)


def export(request):
    return StreamingHttpResponse(map(line, books()), content_type="text/csv")


def run():
    half = Book.objects.count() // 2
    return download(export(RequestFactory().get("/books.csv")), lost_after=half)
