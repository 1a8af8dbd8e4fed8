from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Count, Exists, OuterRef
from setup import REMOVED_AT, Note, Wish, WishList


def hidden_everywhere(log):
    """A default manager that filters removed rows hides them everywhere."""
    wish = Wish.all_objects.exclude(removed_at=None).order_by("pk")[0]
    each = wish.wish_list
    lists = WishList.objects.filter(pk=each.pk)
    prefetched = lists.prefetch_related("wishes").get().wishes.all()
    live = Wish.objects.filter(wish_list=OuterRef("pk"), book=wish.book_id)
    return {
        "`wish_list.wishes.all()`": wish not in each.wishes.all(),
        '`prefetch_related("wishes")`': wish not in prefetched,
        "`filter(wishes__book=book)`": not lists.filter(wishes__book=wish.book_id).exists(),
        '`Count("wishes")`': lists.annotate(number=Count("wishes")).get().number < 3,
        '`values_list("wishes__pk")`': wish.pk not in lists.values_list("wishes__pk", flat=True),
        "`Exists(Wish.objects.filter(…))`": not lists.filter(Exists(live)).exists(),
    }


def a_removed_list_is_gone(log):
    """A wish cannot reach its list once the list is removed, because the default manager hides the list."""
    wish = Wish.objects.order_by("pk")[0]
    WishList.objects.filter(pk=wish.wish_list_id).update(removed_at=REMOVED_AT)
    joined = Wish.objects.select_related("wish_list").get(pk=wish.pk)
    prefetched = Wish.objects.prefetch_related("wish_list").get(pk=wish.pk)
    return {
        "`wish.wish_list`": _raises(lambda: Wish.objects.get(pk=wish.pk).wish_list),
        '`select_related("wish_list")`': _raises(lambda: joined.wish_list),
        '`prefetch_related("wish_list")`': _raises(lambda: prefetched.wish_list),
        "`refresh_from_db()` of the list": _raises(joined.wish_list.refresh_from_db),
        "`WishList.objects.get()`": _raises(lambda: WishList.objects.get(pk=wish.wish_list_id)),
    }


def no_row_leaves_the_table(log):
    """If the model's `delete()` only sets a date, no row ever leaves the table."""
    first, second, third, *_ = WishList.objects.order_by("pk")
    return {
        "`wish.delete()`": _keeps_rows(lambda: first.wishes.all()[0].delete()),
        "`delete()` of a queryset": _keeps_rows(lambda: second.wishes.all().delete()),
        "the cascade of a queryset of lists": _keeps_rows(lambda: WishList.objects.filter(pk=third.pk).delete()),
    }


def it_can_come_back(log):
    """A removed row does not stand in the way of a new row with the same values."""
    wish = Wish.all_objects.exclude(removed_at=None).order_by("pk")[0]
    same_wish = {"wish_list": wish.wish_list, "book_id": wish.book_id}
    first, second = WishList.objects.order_by("pk")[:2]
    WishList.objects.filter(pk=first.pk).update(removed_at=REMOVED_AT)
    same_name = WishList(name=first.name, customer=second.customer)
    return {
        "a constraint with a condition": not _raises(lambda: Wish.objects.create(**same_wish)),
        "and it refuses the second live row": _raises(lambda: Wish.objects.create(**same_wish)),
        "`unique=True`, and `full_clean()`": not _raises(same_name.full_clean),
        "`unique=True`, and `save()`": not _raises(same_name.save),
        "`unique=True`, and `get_or_create()`": not _raises(
            lambda: WishList.objects.get_or_create(name=first.name, defaults={"customer": second.customer})
        ),
    }


def a_base_manager_that_filters(log):
    """With `base_manager_name = "objects"`, removed rows are hidden, and the model works as before."""
    note = Note.objects.create(text="Call back")
    note.delete()
    hidden = not Note.objects.exists()
    refreshed = not _raises(note.refresh_from_db)
    note.text = "Call back on Monday"
    return {
        "the manager hides the row": hidden,
        "`refresh_from_db()` of a removed row": refreshed,
        "`save()` of a removed row": not _raises(note.save),
    }


def _raises(act):
    try:
        with transaction.atomic():
            act()
    except (ObjectDoesNotExist, ValidationError, DatabaseError):
        return True
    return False


def _keeps_rows(act):
    before = Wish.all_objects.count()
    act()
    return Wish.all_objects.count() == before
