from counter import sell

from library.models import Book


def run():
    books = list(Book.objects.order_by("pk"))
    sell()
    for book in books:
        book.price += _surcharge(book.pages)
        book.save(update_fields=["price"])
    return list(Book.objects.order_by("pk").values_list("title", "price", "stock"))


def _surcharge(pages):
    if pages >= 500:
        return 2
    return 1 if pages >= 250 else 0
