from library.models import Book


def catalogue(books):
    return [(book.title, book.author.name) for book in books]


def catalogue_joined(books):
    return [(book.title, book.author.name) for book in books.select_related("author")]


def genres(books):
    return [[genre.name for genre in book.genres.all()] for book in books.prefetch_related("genres")]


def ratings(books):
    return [(book.title, book.reviews.count()) for book in books]


def stock(books):
    copies = {most: Book.objects.filter(stock__lte=most).count() for most in (0, 5, 20, 50)}
    return copies, [book.title for book in books]


PAGES = [catalogue, catalogue_joined, genres, ratings, stock]
