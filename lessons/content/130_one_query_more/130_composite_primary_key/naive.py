from scanner import scanned
from setup import StockRow


def run():
    for branch, book in scanned():
        stock = StockRow.objects.get(branch=branch, book=book)
        yield branch, book, stock.copies
