from library.models import Book


def watch():
    return list(Book.objects.filter(pk__lte=2).order_by("pk").values("title", "stock"))


def invariant(results):
    """Carol, who wants book 1 alone, is not kept waiting by Alice, who has book 2."""
    return results["carol"] == "ordered", f"Carol: {results['carol'] or 'an error page'}."
