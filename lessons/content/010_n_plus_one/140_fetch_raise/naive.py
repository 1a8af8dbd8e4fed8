from library.models import Book


def run():
    for book in Book.objects.order_by("pk").select_related("author"):
        yield {"title": book.title, "author": book.author.name, "publisher": book.publisher.name}
