from library.models import Book


class TrackedBook(Book):
    class Meta:
        proxy = True

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        book = super().from_db(db, field_names, values, **kwargs)
        book.loaded = dict(zip(field_names, values, strict=True))
        return book

    def price_has_changed(self):
        return "price" in self.loaded and self.price != self.loaded["price"]


def run():
    for book in TrackedBook.objects.only("title").order_by("pk"):
        yield book.pk, book.title
