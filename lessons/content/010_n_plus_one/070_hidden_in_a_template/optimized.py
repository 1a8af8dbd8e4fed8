from django.template.loader import render_to_string

from library.models import Book


def run():
    books = Book.objects.order_by("pk").select_related("author")
    return render_to_string("new_books.html", {"books": books})
