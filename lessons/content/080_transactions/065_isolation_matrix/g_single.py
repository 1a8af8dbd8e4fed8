from django.db import transaction
from django.db.models import F

from library.models import Wallet


def balance(wallet):
    return Wallet.objects.values_list("balance", flat=True).get(pk=wallet)


def alice():
    with transaction.atomic():
        return balance(1) + balance(2)


def bob():
    with transaction.atomic():
        Wallet.objects.filter(pk=1).update(balance=F("balance") - 50)
        Wallet.objects.filter(pk=2).update(balance=F("balance") + 50)


def carol():
    """Takes no part."""


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant(results):
    """Bob moves 50 from one wallet to the other: at every moment there are 200 in both."""
    total = results["alice"]
    if total not in (None, 200):
        return False, f"Read skew: Alice counted {total:.0f}, and there were 200 all the time."
    return True, "No read skew: Alice counted nothing but the 200 that were there all the time."
