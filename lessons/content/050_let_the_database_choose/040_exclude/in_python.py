from library.models import Author


def run():
    authors = Author.objects.prefetch_related("books").order_by("pk")
    return [
        author.name
        for author in authors
        if not any(book.pages < 250 and book.price < 15 for book in author.books.all())
    ]
