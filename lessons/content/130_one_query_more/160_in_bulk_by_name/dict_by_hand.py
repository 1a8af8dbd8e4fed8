from decimal import Decimal

from supplier import price_list

from library.models import Book


def run():
    lines = list(price_list())
    found = Book.objects.filter(isbn__in=[line["isbn"] for line in lines])
    books = {isbn: (title, price) for isbn, title, price in found.values_list("isbn", "title", "price")}
    for line in lines:
        if line["isbn"] not in books:
            yield line["isbn"], "not in the shop"
            continue
        title, price = books[line["isbn"]]
        if price != Decimal(line["price"]):
            yield title, f"{price} becomes {line['price']}"
