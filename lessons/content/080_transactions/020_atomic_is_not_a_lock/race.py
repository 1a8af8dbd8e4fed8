from library.models import Book


def watch():
    return list(Book.objects.filter(pk=2).values("title", "sales_count"))


def invariant(results):
    """Whoever was told that the sale is counted finds it in the count."""
    told = list(results.values()).count("counted")
    count = Book.objects.get(pk=2).sales_count
    return count == told, f"Told “counted”: {told}. In the count: {count}."
