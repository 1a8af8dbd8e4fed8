from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        _paperback(book).save()
    return list(Book.objects.filter(isbn__startswith="979").order_by("pk").values_list("title", "price"))


def _paperback(book):
    return Book(
        title=book.title,
        isbn="979" + book.isbn[3:],
        author_id=book.author_id,
        publisher_id=book.publisher_id,
        price=book.price - 3,
        pages=book.pages,
    )
