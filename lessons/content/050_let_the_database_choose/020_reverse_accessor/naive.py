from django.db.models import Count

from library.models import Author, Book


def run():
    author = Author.objects.annotate(number=Count("books")).order_by("-number", "pk")[0]
    for book in Book.objects.filter(author=author).order_by("pk"):
        yield book.title, book.author.name
