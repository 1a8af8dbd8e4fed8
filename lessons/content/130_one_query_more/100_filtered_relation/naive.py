from django.db.models import Sum

from library.models import Book, Customer


def run():
    customer = Customer.objects.get(email="customer5@example.com")
    for book in Book.objects.order_by("pk"):
        mine = book.sales.filter(customer=customer).aggregate(copies=Sum("quantity"))
        yield book.title, mine["copies"]
