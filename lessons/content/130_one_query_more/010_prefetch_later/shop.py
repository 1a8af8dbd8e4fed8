from library.models import Book


def books_to_order():
    """First the books that are sold out, then the ones that are announced."""
    sold_out = Book.objects.filter(is_published=True, stock=0).order_by("-sales_count", "pk")
    announced = Book.objects.filter(is_published=False).order_by("pk")
    return [*sold_out, *announced]
