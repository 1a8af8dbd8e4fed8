from library.models import Book


def in_chunks(queryset, size):
    last_pk = 0
    while chunk := list(queryset.filter(pk__gt=last_pk).order_by("pk")[:size]):
        yield from chunk
        last_pk = chunk[-1].pk


def run():
    for book in in_chunks(Book.objects.all(), size=100):
        yield book.isbn, book.title, book.description[:20]
