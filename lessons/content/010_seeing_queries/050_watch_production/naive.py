from library.models import Review


def run():
    for review in Review.objects.filter(rating=1).order_by("pk"):
        yield review.book.title, review.customer.name, review.customer.country.name
