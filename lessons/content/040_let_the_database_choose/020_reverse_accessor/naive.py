from library.models import Author, Book


def run():
    author = Author.objects.get(email="author4@example.com")
    for book in Book.objects.order_by("pk"):
        if book.author_id == author.pk:
            yield book.title, book.author.name
