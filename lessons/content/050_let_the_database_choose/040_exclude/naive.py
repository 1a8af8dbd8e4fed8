from library.models import Author


def run():
    authors = Author.objects.exclude(books__pages__lt=250, books__price__lt=15)
    return [author.name for author in authors.order_by("pk")]
