from collections import Counter

from library.models import Book, Sale


def run():
    scores = Counter()
    for pk, quantity in Sale.objects.values_list("book_id", "quantity"):
        scores[pk] += quantity
    ranking = sorted(scores, key=lambda pk: (-scores[pk], pk))
    titles = Book.objects.values_list("title", flat=True).in_bulk(ranking)
    for pk in ranking:
        yield titles[pk], scores[pk]
