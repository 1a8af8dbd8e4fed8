from django.db import DatabaseError, transaction
from setup import Basket

BACK_IN_TIME = "alice bob"  # Bob comes back after Alice has read which baskets to delete
BACK_IN_THE_SECOND_BATCH = "alice alice alice alice alice alice bob"


def the_filter_is_checked(race):
    """`delete()` deletes only rows that match the filter at that moment."""
    return {
        "`delete()` with a cascade": race("naive", BACK_IN_TIME).kept,
        "`delete()` with a cascade, inside `atomic()`": race("inside_atomic", BACK_IN_TIME).kept,
        "in batches": race("without_a_lock", BACK_IN_THE_SECOND_BATCH).kept,
        "in batches, with `select_for_update()`": race("optimized", BACK_IN_THE_SECOND_BATCH).kept,
    }


def bob_waits(race):
    """Whoever needs one of the rows waits until everything is deleted."""
    return {
        "one `delete()`": _waits(race("naive", "alice alice alice bob")),
        "in batches, and his row is in a later one": _waits(race("optimized", "alice alice alice bob")),
    }


def a_slice_can_be_deleted(log):
    """To delete the first thousand rows, slice the queryset."""
    stale = Basket.objects.filter(is_stale=True).order_by("pk")
    return {
        "`stale[:1000].delete()`": _is_done(lambda: stale[:2].delete()),
        "`filter(pk__in=stale[:1000]).delete()`": _is_done(
            lambda: Basket.objects.filter(pk__in=stale[:2]).delete()
        ),
        "`filter(pk__in=[…]).delete()`, a list of keys": _is_done(
            lambda: Basket.objects.filter(pk__in=list(stale.values_list("pk", flat=True)[:2])).delete()
        ),
    }


def _waits(report):
    return any(step.waited for turn in report.turns for step in turn.steps)


def _is_done(delete):
    try:
        with transaction.atomic():
            delete()
    except (DatabaseError, TypeError):
        return False
    return True
