from django.db.models import Q, Sum

from library.models import Book


def run():
    for book in Book.objects.order_by("-sales_count", "pk"):
        better = Book.objects.filter(sales_count__gt=book.sales_count)
        before = Book.objects.filter(
            Q(sales_count__gt=book.sales_count) | Q(sales_count=book.sales_count, pk__lte=book.pk)
        )
        sold_so_far = before.aggregate(copies=Sum("sales_count"))["copies"]
        yield better.count() + 1, book.title, book.sales_count, sold_so_far
