from library.models import Book, Sale


def watch():
    sold = Sale.objects.filter(book=1).count()
    return [{**book, "sold": sold} for book in Book.objects.filter(pk=1).values("price", "author__bio")]


def invariant(results):
    """Alice, Bob and Carol change different rows, and all three get through."""
    told = [f"{name.capitalize()}: {result or 'an error'}" for name, result in results.items()]
    return all(results.values()), f"{'. '.join(told)}."
