from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldError
from setup import Pick, PickByKey, PickedBook

from library.models import Book


def the_kind_is_free(log):
    """Django caches content types, so a loop may ask each row for its kind without a query for each."""
    ContentType.objects.get_for_models(*(type(pick.item) for pick in Pick.objects.order_by("pk")[:3]))
    picks = list(Pick.objects.order_by("pk"))
    return {
        "`pick.content_type.model`": _queries(log, lambda: [pick.content_type.model for pick in picks]) == 0,
        "`get_for_id(pick.content_type_id).model`": _queries(
            log, lambda: [ContentType.objects.get_for_id(pick.content_type_id).model for pick in picks]
        )
        == 0,
        "`get_for_model(Book)`": _queries(log, lambda: ContentType.objects.get_for_model(Book)) == 0,
    }


def join_the_content_type(log):
    """`select_related("content_type")` makes a loop over a generic foreign key cheaper."""
    picks = Pick.objects.order_by("pk")
    for pick in picks[:3]:  # the cache knows all three kinds from here on
        pick.item
    joined = picks.select_related("content_type")
    return _queries(log, lambda: [pick.item for pick in joined]) < _queries(
        log, lambda: [pick.item for pick in picks.all()]
    )


def one_prefetch_one_query(log):
    """`prefetch_related("item")` fetches what a generic foreign key leads to with one query."""
    picks = Pick.objects.order_by("pk").prefetch_related("item")
    books = picks.filter(content_type=ContentType.objects.get_for_model(Book))
    list(picks[:3])
    return {
        "all rows lead to books": _queries(log, lambda: list(books)) == 2,
        "the rows lead to three models": _queries(log, lambda: list(picks.all())) == 2,
    }


def a_longer_path(log):
    """`prefetch_related("item__author")` also fetches the authors of the books."""
    books = Pick.objects.filter(content_type=ContentType.objects.get_for_model(Book))
    return {
        "all rows lead to books": _is_possible(lambda: list(books.prefetch_related("item__author"))),
        "some rows lead to publishers": _is_possible(lambda: list(Pick.objects.prefetch_related("item__author"))),
    }


def filter_like_a_foreign_key(log):
    """You can filter by what a generic foreign key leads to, as with any foreign key."""
    book = Book.objects.order_by("pk")[0]
    return {
        "`Pick.objects.filter(item=book)`": _is_possible(lambda: Pick.objects.filter(item=book).get()),
        "`Pick.objects.filter(item__title=…)`": _is_possible(lambda: Pick.objects.filter(item__title=book.title)),
        "with a `GenericRelation` on the other side: `Pick.objects.filter(book__title=…)`": _is_possible(
            lambda: Pick.objects.filter(book__title=book.title).get()
        ),
    }


def deleted_with_its_book(log):
    """If you delete a book, Django also deletes the rows whose generic foreign key leads to it."""
    PickByKey.objects.all().delete()  # a foreign key would not let the books go
    first, fourth = Book.objects.order_by("pk")[:4:3]
    of_first, of_fourth = Pick.objects.order_by("pk")[:4:3]
    first.delete()
    PickedBook.objects.get(pk=fourth.pk).delete()
    return {
        "the book's model has no `GenericRelation`": not Pick.objects.filter(pk=of_first.pk).exists(),
        "the book's model has a `GenericRelation`": not Pick.objects.filter(pk=of_fourth.pk).exists(),
    }


def _queries(log, action):
    before = len(log)
    action()
    return len(log) - before


def _is_possible(action):
    try:
        action()
    except (AttributeError, FieldError):
        return False
    return True
