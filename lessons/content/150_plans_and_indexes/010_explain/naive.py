from setup import Visit


def run():
    visits = Visit.objects.select_related("book").order_by("-seen_at")
    for visit in visits[:10]:
        yield visit.pk, visit.book.title
