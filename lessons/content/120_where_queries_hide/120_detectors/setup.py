from django.db import models

from library.models import Book


class StrictManager(models.Manager):
    def get_queryset(self):
        books = super().get_queryset()
        return books.fetch_mode(models.FETCH_RAISE) if hasattr(books, "fetch_mode") else books  # Django 6.1


class StrictBook(Book):
    objects = StrictManager()

    class Meta:
        proxy = True


class Mark(models.Model):
    """For the claims: the way to a strict book from another model."""

    book = models.ForeignKey(StrictBook, on_delete=models.CASCADE, related_name="+")

    def __str__(self):
        return f"Mark {self.pk}"


def setup():
    Mark.objects.create(book_id=Book.objects.order_by("pk").values_list("pk", flat=True)[0])
