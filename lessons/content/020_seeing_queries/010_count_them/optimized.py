from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from library.models import Author, Book


def catalogue():
    return [(book.title, book.author.name) for book in Book.objects.all()]


def catalogue_joined():
    return [(book.title, book.author.name) for book in Book.objects.select_related("author")]


def dashboard():
    with transaction.atomic():
        return Book.objects.count(), Author.objects.count()


def queries_of(page):
    with CaptureQueriesContext(connection) as queries:
        page()
    return len(queries)


def run():
    for page in (catalogue, catalogue_joined, dashboard):
        yield page.__name__, queries_of(page)
