from library.models import Book


def price_list():
    """Stands for the supplier's file. The shop has no book for every fifth line."""
    for number, (isbn, price) in enumerate(Book.objects.order_by("pk").values_list("isbn", "price")):
        yield {"isbn": f"979{isbn[3:]}" if number % 5 == 4 else isbn, "price": str(price + number % 2)}
