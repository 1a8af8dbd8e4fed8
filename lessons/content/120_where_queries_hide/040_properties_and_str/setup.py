from django.utils.functional import cached_property

from library.models import Book


class CatalogueBook(Book):
    class Meta:
        proxy = True

    def __str__(self):
        return f"{self.title} ({self.publisher.name})"

    @cached_property
    def review_count(self):
        return self.reviews.count()


class PlainBook(Book):
    class Meta:
        proxy = True

    def __str__(self):
        return f"{self.title} ({self.publisher.name})"

    @property
    def review_count(self):
        return self.reviews.count()


def setup():
    """Nothing: both models read the bookstore's own table."""
