from library.models import Book


def quotes():
    """The lines of the file, as (isbn, shop, price, copies): one for each book."""
    books = Book.objects.order_by("pk").values_list("isbn", "price", "stock")
    return [(isbn, "Castle Books", price + 1, stock) for isbn, price, stock in books]
