from library.models import Book


def run():
    typed = "97814000000"
    following = str(int(typed) + 1)
    books = Book.objects.filter(isbn__gte=typed, isbn__lt=following).order_by("pk")
    return list(books.values_list("isbn", "title"))
