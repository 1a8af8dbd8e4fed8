from django.db.models import Count
from setup import CatalogueBook


def run():
    books = CatalogueBook.objects.select_related("publisher").annotate(review_count=Count("reviews"))
    for book in books.order_by("pk"):
        yield {
            "label": str(book),
            "reviews": book.review_count,
            "author": f"/authors/{book.author_id}/",
        }
