from django.db.models.signals import post_save
from django.dispatch import receiver
from setup import sales_of_the_day

from library.models import Book, Sale


@receiver(post_save, sender=Sale)
def count_sales(instance, **kwargs):
    book = instance.book
    book.sales_count = book.sales.count()
    book.save(update_fields=["sales_count"])


def run():
    for sale in sales_of_the_day():
        sale.save()
    return list(Book.objects.order_by("pk").values_list("title", "sales_count"))
