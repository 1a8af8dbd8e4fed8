from django.db import transaction
from django.db.models import F

from library.models import Wallet


def alice():
    with transaction.atomic():
        first = Wallet.objects.values_list("balance", flat=True).get(pk=1)
        return first, Wallet.objects.filter(pk=2, balance=100).update(balance=F("balance") + 10)


def bob():
    with transaction.atomic():
        Wallet.objects.filter(pk=1).update(balance=F("balance") - 50)
        Wallet.objects.filter(pk=2).update(balance=F("balance") + 50)


def carol():
    """Takes no part."""


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant(results):
    """Bob moves 50 in one transaction: as long as the first wallet holds 100, the second one does too."""
    first, changed = results["alice"] or (100, 1)
    if (first == 100) != (changed == 1):
        return False, f"Read skew: Alice read {first:.0f} in the first wallet, and found no second that holds 100."
    return True, "No read skew: Alice’s write found the wallets as her read did."
