from library.models import Author


def run():
    for author in Author.objects.order_by("pk"):
        yield author.name, sorted(book.isbn for book in author.books.all())
