from datetime import date

from django.db import models

from library.models import Book


class Listing(models.Model):
    book = models.ForeignKey(Book, models.CASCADE, related_name="+")
    live = models.BooleanField()
    changed_on = models.DateField(auto_now=True)

    def __str__(self):
        return f"Listing {self.pk}"


class Preorder(Listing):
    ships_on = models.DateField()


def setup():
    books = Book.objects.order_by("pk")
    Listing.objects.bulk_create(Listing(book=book, live=book.is_published) for book in books)
    Listing.objects.update(changed_on=date(2024, 1, 1))
