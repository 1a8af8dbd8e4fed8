from django.db import models

from library.models import Book, Genre


class Category(models.Model):
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    path = models.CharField(max_length=60, db_index=True)  # five digits for each category, from the root on

    class Meta:
        verbose_name_plural = "categories"

    def __str__(self):
        return self.name


def setup():
    """As many categories as books. The first is the root, and each has up to three below it."""
    genres = list(Genre.objects.order_by("pk").values_list("name", flat=True))
    paths, categories = {0: ""}, []
    for number in range(1, Book.objects.count() + 1):
        above = (number + 1) // 3
        paths[number] = f"{paths[above]}{number:05}"
        name = f"{genres[number % len(genres)]} {number}"
        categories.append(Category(pk=number, name=name, parent_id=above or None, path=paths[number]))
    Category.objects.bulk_create(categories)
