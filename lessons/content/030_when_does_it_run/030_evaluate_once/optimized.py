from library.models import Publisher


def run():
    publisher = Publisher.objects.get(pk=1)
    books = publisher.books.order_by("pk")
    yield publisher.name, len(books)
    if books.exists():
        yield "first", books.first().title
    for book in books:
        yield book.title, book.stock
