from setup import Bestseller

from library.models import Book


def replace_list():
    Bestseller.objects.all().delete()
    best = Book.objects.order_by("-sales_count", "pk")[:3]
    Bestseller.objects.bulk_create(Bestseller(rank=rank, book=book) for rank, book in enumerate(best, start=1))
