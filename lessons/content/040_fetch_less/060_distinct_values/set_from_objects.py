from library.models import Book


def run():
    books = Book.objects.filter(is_published=True).order_by("-published_on")
    return sorted({book.author.country.name for book in books})
