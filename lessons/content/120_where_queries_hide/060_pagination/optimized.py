from setup import PAGE_SIZE, Offer, address


def run(page=2_000):
    before = address(page)
    offers = Offer.objects.filter(pk__lt=before).order_by("-pk").select_related("book")
    for offer in offers[:PAGE_SIZE]:
        yield offer.pk, offer.book.title, offer.price
