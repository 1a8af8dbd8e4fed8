from django.db.models import F
from setup import Pallet

BOTH_LOOK_FIRST = "alice bob alice bob alice alice bob bob"


def the_stock_is_minus_one(race):
    """When two customers buy the last copy at the same moment, the stock ends at -1."""
    return {
        "`book.stock -= 1`, then `save()`": _stock(race("naive", BOTH_LOOK_FIRST)) == -1,
        '`book.stock = F("stock") - 1`, then `save()`': _stock(race("checked_then_f", BOTH_LOOK_FIRST)) == -1,
    }


def a_look_and_f_go_below_zero(log):
    """A check first and `F("copies") - 1` later can bring a column below zero."""
    pallet = Pallet.objects.create(copies=1)
    looks = [Pallet.objects.get(pk=pallet.pk).copies > 0 for _ in ("alice", "bob")]
    for may_sell in looks:
        if may_sell:
            Pallet.objects.filter(pk=pallet.pk).update(copies=F("copies") - 1)
    pallet.refresh_from_db()
    return pallet.copies == -1


def a_constraint_prevents_it(race):
    """A stock that cannot be negative, as a `PositiveIntegerField`, keeps the last copy from being sold twice."""
    return {
        "`book.stock -= 1`, then `save()`": race("naive", BOTH_LOOK_FIRST).kept,
        '`book.stock = F("stock") - 1`, then `save()`': race("checked_then_f", BOTH_LOOK_FIRST).kept,
    }


def it_takes_a_lock(race):
    """Without `select_for_update()` the last copy can be sold twice."""
    report = race("decide_in_the_update", "alice bob alice alice bob")
    return not report.kept


def _stock(report):
    return report.turns[-1].rows[0]["stock"]
