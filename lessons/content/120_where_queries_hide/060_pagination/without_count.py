from setup import PAGE_SIZE, Offer


def run(page=2_000):
    offers = Offer.objects.order_by("-pk").select_related("book")
    skipped = PAGE_SIZE * (page - 1)
    for offer in offers[skipped : skipped + PAGE_SIZE]:
        yield offer.pk, offer.book.title, offer.price
