from library.models import Book


def watch():
    return list(Book.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "is_published"))


def invariant():
    """One of the two editions must stay on sale."""
    left = Book.objects.filter(pk__in=[1, 2], is_published=True).count()
    return left > 0, f"Of two editions, {left or 'none'} is still on sale."
