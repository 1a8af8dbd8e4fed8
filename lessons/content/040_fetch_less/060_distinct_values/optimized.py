from library.models import Book


def run():
    books = Book.objects.filter(is_published=True).order_by("-published_on")
    return sorted(books.order_by().values_list("author__country__name", flat=True).distinct())
