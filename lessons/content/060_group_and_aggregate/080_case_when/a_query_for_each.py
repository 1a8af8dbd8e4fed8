from library.models import Book


def run():
    books = Book.objects.all()
    yield "sold out", books.filter(stock=0).count()
    yield "few left", books.filter(stock__gt=0, stock__lt=20).count()
    yield "in stock", books.filter(stock__gte=20).count()
