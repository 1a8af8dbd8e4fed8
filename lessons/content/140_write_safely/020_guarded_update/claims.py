from django.db.models import F
from setup import Coupon

from library.models import Wallet

BOTH_AT_ONCE = "alice bob alice alice bob bob"


def one_update_is_safe(race):
    """An UPDATE that has the condition in its WHERE cannot give the same thing away twice."""
    return {
        "the condition is on the row itself": race("optimized", BOTH_AT_ONCE).kept,
        "one more condition, across a join": race("across_a_join", BOTH_AT_ONCE).kept,
        "one more condition, in a subquery of the other table": race("in_a_subquery", BOTH_AT_ONCE).kept,
    }


def it_counts_changed_rows(log):
    """`update()` returns how many rows have changed."""
    coupons = Coupon.objects.filter(code="SPRING")
    coupons.update(customer=1)
    return {
        "a row that gets a new value": coupons.update(customer=2) == 1,
        "no row that matches": coupons.filter(customer=1).update(customer=2) == 0,
        "a row that has the value already": coupons.update(customer=2) == 0,
    }


def f_needs_a_refresh(log):
    """After `wallet.balance = F("balance") + 10` and `save()`, the object needs `refresh_from_db()`."""
    before = Wallet.objects.values_list("balance", flat=True).get(customer=1)
    wallet = Wallet.objects.get(customer=1)
    wallet.balance = F("balance") + 10
    wallet.save()
    is_a_number = wallet.balance == before + 10
    wallet.save()
    stored = Wallet.objects.values_list("balance", flat=True).get(customer=1)
    by_update = Wallet.objects.get(customer=1)
    Wallet.objects.filter(customer=1).update(balance=F("balance") + 10)
    return {
        "`save()`: the object has no new number": not is_a_number,
        "a second `save()` adds once more": stored == before + 20,
        "`update()`: the object has the old number": by_update.balance == stored,
    }
