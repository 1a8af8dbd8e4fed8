from django.db.models import Count

from library.models import Author


def run():
    author = Author.objects.annotate(number=Count("books")).order_by("-number", "pk")[0]
    for book in author.books.order_by("pk"):
        yield book.title, book.author.name
