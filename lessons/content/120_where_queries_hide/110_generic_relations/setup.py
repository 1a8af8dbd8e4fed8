from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models

from library.models import Author, Book, Publisher


class Pick(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"], name="pick_item")]

    def __str__(self):
        return f"Pick {self.pk}"


class PickByKey(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(book__isnull=False, author=None, publisher=None)
                    | models.Q(book=None, author__isnull=False, publisher=None)
                    | models.Q(book=None, author=None, publisher__isnull=False)
                ),
                name="pick_of_one_kind",
            )
        ]

    def __str__(self):
        return f"Pick {self.pk}"

    @property
    def item(self):
        return self.book or self.author or self.publisher


class PickedBook(Book):
    """For the claims: the way back, from a book to its picks."""

    picks = GenericRelation(Pick, related_query_name="book")

    class Meta:
        proxy = True


def setup():
    """As many picks as there are books: a book, an author and a publisher by turns."""
    items = []
    for number, book in enumerate(Book.objects.order_by("pk").select_related("author", "publisher")):
        items.append((book, book.author, book.publisher)[number % 3])
    types = ContentType.objects.get_for_models(Book, Author, Publisher)
    Pick.objects.bulk_create(Pick(content_type=types[type(item)], object_id=item.pk) for item in items)
    PickByKey.objects.bulk_create(PickByKey(**{item._meta.model_name: item}) for item in items)
