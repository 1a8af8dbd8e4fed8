from django.db.models import F
from django.db.models.signals import post_save
from django.dispatch import receiver
from setup import sales_of_the_day

from library.models import Book, Sale


@receiver(post_save, sender=Sale)
def count_sale(instance, created, **kwargs):
    if created:
        Book.objects.filter(pk=instance.book_id).update(sales_count=F("sales_count") + 1)


def run():
    for sale in sales_of_the_day():
        sale.save()
    return list(Book.objects.order_by("pk").values_list("title", "sales_count"))
