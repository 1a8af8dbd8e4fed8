from library.models import Book


def watch():
    return list(Book.objects.filter(pk=10).values("title", "stock"))


def invariant(results):
    """Bob sells the book while the migration runs."""
    return bool(results["bob"]), f"Bob: {results['bob'] or 'an error'}. Alice: {results['alice'] or 'an error'}."
