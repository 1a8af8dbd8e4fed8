from library.models import Book


class TrackedBook(Book):
    class Meta:
        proxy = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loaded_price = self.price

    def price_has_changed(self):
        return self.price != self.loaded_price


def run():
    for book in TrackedBook.objects.only("title", "price").order_by("pk"):
        yield book.pk, book.title
