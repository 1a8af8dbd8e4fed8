from library.models import Review


def run():
    reviews = Review.objects.filter(rating=1).order_by("pk")
    for review in reviews.select_related("book", "customer__country").iterator():
        yield review.book.title, review.customer.name, review.customer.country.name
