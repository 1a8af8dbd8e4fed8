from library.models import Book


def run():
    books = Book.objects.filter(is_published=True).order_by("pk")
    return list(books.values_list("title", "price"))
