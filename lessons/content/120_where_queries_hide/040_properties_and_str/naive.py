from setup import CatalogueBook


def run():
    for book in CatalogueBook.objects.order_by("pk"):
        yield {
            "label": str(book),
            "reviews": book.review_count,
            "author": f"/authors/{book.author.pk}/",
        }
