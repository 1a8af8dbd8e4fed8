from scanner import scanned
from setup import Stock


def run():
    stocks = Stock.objects.in_bulk(scanned())
    for (branch, book), stock in stocks.items():
        yield branch, book, stock.copies
