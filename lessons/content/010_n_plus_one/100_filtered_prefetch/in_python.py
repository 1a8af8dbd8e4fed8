from library.models import Author


def run():
    for author in Author.objects.order_by("pk").prefetch_related("books"):
        books = [book for book in author.books.all() if book.is_published]
        yield author.name, sorted(book.title for book in books)
