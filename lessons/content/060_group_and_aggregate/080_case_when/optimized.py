from django.db.models import Case, Count, Value, When

from library.models import Book


def run():
    books = Book.objects.annotate(
        label=Case(
            When(stock=0, then=Value("sold out")),
            When(stock__lt=20, then=Value("few left")),
            default=Value("in stock"),
        )
    )
    numbers = dict(books.values_list("label").annotate(number=Count("*")))
    for label in "sold out", "few left", "in stock":
        yield label, numbers.get(label, 0)
