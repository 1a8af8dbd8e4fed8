from library.models import Book


def watch():
    return list(Book.objects.filter(pk=1).values("title", "stock"))


def invariant(told):
    """There were ten copies: each sale is taken from the stock."""
    sold = sum(str(words).startswith("sold") for words in told.values())
    stock = Book.objects.get(pk=1).stock
    return stock == 10 - sold, f"There were ten copies. {sold} sold, {stock} left."
