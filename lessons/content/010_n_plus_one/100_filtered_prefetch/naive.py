from library.models import Author


def run():
    for author in Author.objects.order_by("pk").prefetch_related("books"):
        books = author.books.filter(is_published=True)
        yield author.name, sorted(book.title for book in books)
