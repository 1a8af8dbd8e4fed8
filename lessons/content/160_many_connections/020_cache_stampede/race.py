from store import cache

from library.models import Book


def watch():
    book = Book.objects.get(pk=1)
    page = cache.get("book-1", version=cache.get("book-1-version", 1))
    return [{"title": book.title, "price": book.price, "in the cache": page["price"] if page else "nothing"}]


def invariant():
    """The next reader does not get an old price from the cache."""
    row = watch()[0]
    kept = row["in the cache"] in ("nothing", row["price"])
    return kept, f"The price is {row['price']}. In the cache: {row['in the cache']}."
