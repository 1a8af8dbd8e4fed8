from django.db import transaction
from django.db.models import F

from library.models import Wallet


def take(wallet):
    with transaction.atomic():
        balances = Wallet.objects.filter(pk__in=[1, 2]).values_list("balance", flat=True)
        if sum(balances) < 200:
            return
        Wallet.objects.filter(pk=wallet).update(balance=F("balance") - 100)


def alice():
    take(wallet=1)


def bob():
    take(wallet=2)


def carol():
    """Takes no part."""


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant():
    """Together the two wallets must hold 100."""
    total = sum(wallet["balance"] for wallet in watch())
    if total < 100:
        return False, f"Write skew: each saw 200 and took 100. {total:.0f} are left."
    return True, f"No write skew: {total:.0f} are left."
