from datetime import date

from library.models import Author


def run():
    for author in Author.objects.filter(joined_on__gte=date(2014, 1, 1)).order_by("pk"):
        for book in author.books.order_by("pk"):
            yield book.title, book.author.name
