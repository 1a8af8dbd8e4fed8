from django.db.models import FilteredRelation, Q, Sum

from library.models import Book, Customer


def run():
    customer = Customer.objects.get(email="customer5@example.com")
    mine = FilteredRelation("sales", condition=Q(sales__customer=customer))
    for book in Book.objects.annotate(mine=mine, copies=Sum("mine__quantity")).order_by("pk"):
        yield book.title, book.copies
