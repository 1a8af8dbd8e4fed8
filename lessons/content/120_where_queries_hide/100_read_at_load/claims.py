import warnings
from contextlib import suppress

from django.db import models
from django.db.models.signals import post_init

from library.models import Book


class OneField(Book):
    class Meta:
        proxy = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loaded_price = self.price


class TwoFields(Book):
    class Meta:
        proxy = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loaded_values = self.price, self.stock


class LoadedFields(Book):
    class Meta:
        proxy = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loaded = dict(self.__dict__)


class AsDocumented(Book):
    class Meta:
        proxy = True

    @classmethod
    def from_db(cls, db, field_names, values):
        book = super().from_db(db, field_names, values)
        book.loaded = dict(zip(field_names, values, strict=True))
        return book


class ReadsInFromDb(Book):
    class Meta:
        proxy = True

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        book = super().from_db(db, field_names, values, **kwargs)
        book.loaded_price = book.price
        return book


class Watched(Book):
    class Meta:
        proxy = True


def every_short_list_is_an_n_plus_one(log):
    """A model whose `__init__` reads the price costs a query for every row of a list."""
    books = OneField.objects.order_by("pk")
    lists = {
        "`all()`": books,
        '`only("title")`': books.only("title"),
        '`defer("price")`': books.defer("price"),
        '`defer("description")`': books.defer("description"),
        '`raw("SELECT id, title …")`': OneField.objects.raw("SELECT id, title FROM library_book"),
        '`values("title")`': books.values("title"),
    }
    return {words: _queries(log, lambda rows=rows: list(rows)) > 1 for words, rows in lists.items()}


def elsewhere_it_is_free(log):
    """Move the line out of `__init__`, and reading the price costs nothing."""
    with_receiver = Watched.objects.only("title").order_by("pk")

    def remember(instance, **kwargs):
        instance.loaded_price = instance.price

    post_init.connect(remember, sender=Watched)
    try:
        in_receiver = _queries(log, lambda: list(with_receiver)) == 1
    finally:
        post_init.disconnect(remember, sender=Watched)
    return {
        "into a `post_init` receiver": in_receiver,
        "into `from_db()`, which reads `book.price`": _is_one(log, ReadsInFromDb),
        "into `from_db()`, which keeps the values that it is given": _is_one(log, AsDocumented),
    }


def two_fields_cost_two_queries(log):
    """If `__init__` reads two fields, a list without both costs two queries for each row."""
    books = TwoFields.objects.order_by("pk")
    with_both = _ends(lambda: list(books.only("title", "price", "stock")))
    with_one = _ends(lambda: list(books.only("title", "price")[:1]))
    before = len(log)
    with_none = _ends(lambda: list(books.only("title")[:1]))
    return {
        "the list ends, with both fields in `only()`": with_both,
        "the list ends, with one of them": with_one,
        "the list ends, with none of them": with_none,
        "one row without them takes three queries": len(log) - before == 3,
    }


def peers_help(log):
    """`fetch_mode(FETCH_PEERS)`, new in Django 6.1, makes one query of them."""
    books = OneField.objects.only("title").order_by("pk")
    with suppress(AttributeError):
        books = books.fetch_mode(models.FETCH_PEERS)
    return _queries(log, lambda: list(books)) <= 2


def the_signature_is_stable(log):
    """`from_db(cls, db, field_names, values)` is the signature to override."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        list(AsDocumented.objects.all()[:1])
    return not caught


def a_refresh_is_one_query(log):
    """`refresh_from_db(fields=["title"])` is one query."""
    return {
        "if `__init__` reads the price": _refreshes_in_one(log, OneField),
        "if `__init__` copies what is loaded": _refreshes_in_one(log, LoadedFields),
    }


def _queries(log, act):
    before = len(log)
    act()
    return len(log) - before


def _is_one(log, model):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _queries(log, lambda: list(model.objects.only("title"))) == 1


def _ends(act):
    try:
        act()
    except RecursionError:
        return False
    return True


def _refreshes_in_one(log, model):
    book = model.objects.order_by("pk")[0]
    return _queries(log, lambda: book.refresh_from_db(fields=["title"])) == 1
