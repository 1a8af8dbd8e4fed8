from collections import Counter

from library.models import Book, Sale


def run():
    scores = Counter()
    for pk, quantity in Sale.objects.values_list("book_id", "quantity"):
        scores[pk] += quantity
    ranking = sorted(scores, key=lambda pk: (-scores[pk], pk))
    books = Book.objects.in_bulk(ranking)
    for pk in ranking:
        book = books[pk]
        yield book.title, scores[pk]
