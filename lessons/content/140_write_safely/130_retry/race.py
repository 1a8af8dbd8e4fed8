from warehouse import parcels

from library.models import Book


def watch():
    books = Book.objects.filter(pk__lte=2).order_by("pk")
    return [{"title": book.title, "stock": book.stock, "packed": parcels.count(book.pk)} for book in books]


def invariant(results):
    """Both orders arrive, and the warehouse packs as many copies as have left the stock."""
    sold = 20 - sum(row["stock"] for row in watch())
    ordered = list(results.values()).count("ordered")
    return (ordered, sold, len(parcels)) == (2, 4, 4), (
        f"{ordered} of 2 orders arrived. {sold} copies have left the stock, and {len(parcels)} were packed."
    )
