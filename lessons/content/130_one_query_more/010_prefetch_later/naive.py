from shop import books_to_order


def run():
    for book in books_to_order():
        yield book.title, sorted(genre.name for genre in book.genres.all())
