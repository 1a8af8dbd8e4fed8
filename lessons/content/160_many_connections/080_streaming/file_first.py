from tempfile import SpooledTemporaryFile

from accident import download
from django.http import FileResponse
from django.test import RequestFactory
from rows import line

from library.models import Book


def books(size=50):
    yield from Book.objects.select_related("author").order_by("pk").iterator(chunk_size=size)


def export(request):
    file = SpooledTemporaryFile(max_size=1_000_000)
    file.writelines(line(book).encode() for book in books())
    file.seek(0)
    return FileResponse(file, content_type="text/csv")


def run():
    half = Book.objects.count() // 2
    return download(export(RequestFactory().get("/books.csv")), lost_after=half)
