from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        if book.stock < book.sales_count * 10:
            yield book.title, book.stock, book.sales_count
