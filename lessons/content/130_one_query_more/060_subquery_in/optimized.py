from django.db.models import Exists, OuterRef

from library.models import Author, Book


def run():
    edited = Exists(Book.objects.filter(editor=OuterRef("pk")))
    for author in Author.objects.filter(~edited).order_by("pk"):
        yield author.name, author.email
