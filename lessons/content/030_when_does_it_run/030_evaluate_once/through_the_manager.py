from library.models import Publisher


def run():
    publisher = Publisher.objects.get(pk=1)
    yield publisher.name, publisher.books.count()
    if publisher.books.exists():
        yield "first", publisher.books.order_by("pk").first().title
    for book in publisher.books.order_by("pk"):
        yield book.title, book.stock
