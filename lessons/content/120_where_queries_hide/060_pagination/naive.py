from django.core.paginator import Paginator
from setup import PAGE_SIZE, Offer


def run(page=2_000):
    offers = Offer.objects.order_by("-pk").select_related("book")
    for offer in Paginator(offers, PAGE_SIZE).get_page(page):
        yield offer.pk, offer.book.title, offer.price
