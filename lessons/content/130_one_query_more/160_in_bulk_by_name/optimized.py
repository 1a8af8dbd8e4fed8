from decimal import Decimal

from supplier import price_list

from library.models import Book


def run():
    lines = list(price_list())
    books = Book.objects.in_bulk([line["isbn"] for line in lines], field_name="isbn")
    for line in lines:
        book = books.get(line["isbn"])
        if book is None:
            yield line["isbn"], "not in the shop"
        elif book.price != Decimal(line["price"]):
            yield book.title, f"{book.price} becomes {line['price']}"
