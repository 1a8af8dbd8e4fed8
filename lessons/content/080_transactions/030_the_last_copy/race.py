from decimal import Decimal

from library.models import Book, Sale


def watch():
    sold = Sale.objects.filter(book_id=1, amount=Decimal("9.99")).count()
    return [{"title": book.title, "stock": book.stock, "sold": sold} for book in Book.objects.filter(pk=1)]


def invariant():
    """One copy was there: no more than one may be sold, and the stock tells what is left."""
    stock = Book.objects.get(pk=1).stock
    sold = Sale.objects.filter(book_id=1, amount=Decimal("9.99")).count()
    return stock + sold == 1, f"There was one copy. {sold} sold, {stock} left."
