from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from library.models import Author, Book

_VALUES = (["a title"], [], 0, None)


def lazy_in_the_cache(log):
    """You must make a list of a queryset before you cache it, or its query runs at every use."""
    books = Book.objects.order_by("pk")[:5]
    cache.set("queryset", books)
    cached = cache.get("queryset")
    cache.set("joined", Book.objects.select_related("author").order_by("pk")[:5])
    joined = cache.get("joined")
    return {
        "what was put in is still lazy": books._result_cache is None,
        "a loop over what comes out asks the database": _asks(log, lambda: list(cached)),
        "its `count()` asks": _asks(log, cached.count),
        "its `all()` asks": _asks(log, lambda: list(cached.all())),
        "a foreign key of its rows asks": _asks(log, lambda: cached[0].author),
        "one that was joined asks": _asks(log, lambda: joined[0].author),
    }


def falsy_is_missing(log):
    """`if not value:` after `cache.get()` is true only if the key is missing."""
    return {f"`{value!r}`": _is_read_once(log, value, lambda cached: not cached) for value in _VALUES}


def none_is_missing(log):
    """`if value is None:` after `cache.get()` is true only if the key is missing."""
    return {f"`{value!r}`": _is_read_once(log, value, lambda cached: cached is None) for value in _VALUES}


def get_or_set_reads_once(log):
    """`cache.get_or_set()` runs the query only when the key is missing."""
    books = Book.objects.filter(price=0)
    return {
        "given a function": _runs(log, lambda: cache.get_or_set("function", lambda: list(books.all()))) == 1,
        "given a queryset": _runs(log, lambda: cache.get_or_set("queryset", books.all())) == 1,
        "given a list of it": _runs(log, lambda: cache.get_or_set("list", list(books.all()))) == 1,
        "given a function that returns None": _runs(log, lambda: cache.get_or_set("none", books.first)) == 1,
    }


def follows_the_rows(log):
    """When a row changes, the cached value changes too."""
    book = Book.objects.order_by("pk")[0]
    cache.set("price", book.price)
    book.price += 1
    book.save()
    saved = cache.get("price") == book.price
    Book.objects.filter(pk=book.pk).update(price=F("price") + 1)
    cache.set("kept", book)
    Book.objects.filter(pk=book.pk).delete()
    return {
        "after `save()`": saved,
        "after `update()`": cache.get("price") == book.price + 1,
        "after `delete()`": cache.get("kept") is None,
    }


def part_of_the_transaction(log):
    """A rollback removes what you put into the cache inside `atomic()`."""
    try:
        with transaction.atomic():
            Author.objects.filter(pk=1).update(name="Nobody")
            cache.set("written-at-once", Author.objects.get(pk=1).name)
            transaction.on_commit(lambda: cache.set("written-on-commit", Author.objects.get(pk=1).name))
            raise LookupError
    except LookupError:
        return {
            "put in at once": cache.get("written-at-once") is None,
            "put in by `on_commit()`": cache.get("written-on-commit") is None,
        }


def deleted_after_the_commit(log):
    """If you delete the key after the commit, the cache never returns an old row again."""
    early = _price()
    cache.set("price-read", early)
    _raise_price()
    is_gone = cache.get("price-read") is None
    late = _price()
    _raise_price()
    cache.set("price-read", late)
    return {
        "a reader stored the old row before the commit": is_gone,
        "a reader stores the old row after the delete": cache.get("price-read") == _price(),
    }


def a_new_version_replaces_the_old(log):
    """If you raise the version of a key, `cache.get()` misses, and the old value is gone."""
    cache.set("titles", ["old"], version=1)
    return {
        "a reader of the new version misses": cache.get("titles", version=2) is None,
        "a reader that names no version misses": cache.get("titles") is None,
        "the old value is gone": cache.get("titles", version=1) is None,
    }


def _price():
    return Book.objects.order_by("pk").values_list("price", flat=True)[0]


def _raise_price():
    with transaction.atomic():
        Book.objects.update(price=F("price") + 1)
        transaction.on_commit(lambda: cache.delete("price-read"))


def _asks(log, action):
    before = len(log)
    action()
    return len(log) > before


def _runs(log, action):
    """The queries of calling it three times."""
    before = len(log)
    for _ in range(3):
        action()
    return len(log) - before


def _is_read_once(log, value, is_missing):
    """Whether only the first of three readers of the value asks the database for it."""

    def read():
        if is_missing(cache.get("value")):
            Book.objects.count()
            cache.set("value", value)

    cache.delete("value")
    return _runs(log, read) == 1
