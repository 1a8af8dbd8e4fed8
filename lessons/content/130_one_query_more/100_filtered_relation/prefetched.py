from django.db.models import Prefetch

from library.models import Book, Customer


def run():
    customer = Customer.objects.get(email="customer5@example.com")
    mine = Prefetch("sales", queryset=customer.sales.all(), to_attr="mine")
    for book in Book.objects.prefetch_related(mine).order_by("pk"):
        yield book.title, sum(sale.quantity for sale in book.mine) or None
