from django.db.models import Q, Sum

from library.models import Book, Customer


def run():
    customer = Customer.objects.get(email="customer5@example.com")
    copies = Sum("sales__quantity", filter=Q(sales__customer=customer))
    for book in Book.objects.annotate(copies=copies).order_by("pk"):
        yield book.title, book.copies
