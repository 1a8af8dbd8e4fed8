from library.models import Book


def run():
    Book.objects.bulk_create(_paperback(book) for book in Book.objects.order_by("pk"))
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
