from library.models import Book


def run():
    typed = "97814000000"
    books = Book.objects.filter(isbn__icontains=typed).order_by("pk")
    return list(books.values_list("isbn", "title"))
