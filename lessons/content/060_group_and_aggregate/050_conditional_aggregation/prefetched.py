from library.models import Author


def run():
    for author in Author.objects.order_by("pk").prefetch_related("books"):
        books = author.books.all()
        yield author.name, len(books), sum(book.is_published for book in books)
