from library.models import Book


def watch():
    return list(Book.objects.filter(pk=1).values("title", "stock"))


def invariant(results):
    """Carol sees her page, whatever the migration waits for."""
    return bool(results["carol"]), "Carol saw her page." if results["carol"] else "Carol saw an error page."
