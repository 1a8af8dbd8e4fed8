from django.template.loader import render_to_string

from library.models import Book


def run():
    books = Book.objects.order_by("pk")
    return render_to_string("new_books.html", {"books": books})
