from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        ratings = [review.rating for review in book.reviews.all()]
        sold = sum(sale.quantity for sale in book.sales.all())
        yield book.title, len(book.genres.all()), sorted(ratings), sold
