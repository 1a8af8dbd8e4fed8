from library.models import Book


def run():
    for book in Book.objects.order_by("pk").prefetch_related("genres", "reviews", "sales"):
        yield {
            "title": book.title,
            "genres": sorted(genre.name for genre in book.genres.all()),
            "ratings": sorted(review.rating for review in book.reviews.all()),
            "sales": sorted((sale.sold_at, sale.quantity) for sale in book.sales.all()),
        }
