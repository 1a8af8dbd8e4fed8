from django.db.models import Exists, OuterRef

from library.models import Author, Book


def run():
    slim = Book.objects.filter(author=OuterRef("pk"), pages__lt=250, price__lt=15)
    authors = Author.objects.filter(~Exists(slim))
    return [author.name for author in authors.order_by("pk")]
