from library.models import Book


class TrackedBook(Book):
    class Meta:
        proxy = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loaded = dict(self.__dict__)

    def price_has_changed(self):
        return "price" in self.loaded and self.price != self.loaded["price"]


def run():
    for book in TrackedBook.objects.only("title").order_by("pk"):
        yield book.pk, book.title
