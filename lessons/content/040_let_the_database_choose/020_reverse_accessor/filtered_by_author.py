from library.models import Author, Book


def run():
    author = Author.objects.get(email="author4@example.com")
    for book in Book.objects.filter(author=author).order_by("pk"):
        yield book.title, book.author.name
