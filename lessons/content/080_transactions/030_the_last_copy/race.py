from library.models import Book, Sale


def watch():
    sold = Sale.objects.filter(book_id=1).count()
    return [{**book, "sold": sold} for book in Book.objects.filter(pk=1).values("title", "stock")]


def invariant():
    """There was one copy: what is sold and what is left add up to one."""
    stock = Book.objects.get(pk=1).stock
    sold = Sale.objects.filter(book_id=1).count()
    return stock + sold == 1, f"There was one copy. {sold} sold, {stock} left."
