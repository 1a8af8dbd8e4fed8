from library.models import Author


def run():
    author = Author.objects.get(email="author4@example.com")
    for book in author.books.order_by("pk"):
        yield book.title, book.author.name
