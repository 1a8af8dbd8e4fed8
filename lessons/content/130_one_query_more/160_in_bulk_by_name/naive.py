from decimal import Decimal

from supplier import price_list

from library.models import Book


def run():
    for line in price_list():
        try:
            book = Book.objects.get(isbn=line["isbn"])
        except Book.DoesNotExist:
            yield line["isbn"], "not in the shop"
            continue
        if book.price != Decimal(line["price"]):
            yield book.title, f"{book.price} becomes {line['price']}"
