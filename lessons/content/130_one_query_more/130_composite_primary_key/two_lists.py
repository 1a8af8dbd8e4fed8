from scanner import scanned
from setup import StockRow


def run():
    pairs = set(scanned())
    branches, books = {branch for branch, _ in pairs}, {book for _, book in pairs}
    for stock in StockRow.objects.filter(branch__in=branches, book__in=books):
        if (stock.branch_id, stock.book_id) in pairs:
            yield stock.branch_id, stock.book_id, stock.copies
