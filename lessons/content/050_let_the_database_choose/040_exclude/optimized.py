from library.models import Author, Book


def run():
    authors = Author.objects.exclude(books__in=Book.objects.filter(pages__lt=250, price__lt=15))
    return [author.name for author in authors.order_by("pk")]
