from django.db import transaction
from django.db.models import F

from library.models import Wallet


def balance(wallets):
    return wallets.values_list("balance", flat=True).get(pk=1)


def alice():
    with transaction.atomic():
        return [
            balance(Wallet.objects),
            balance(Wallet.objects.select_for_update()),
            balance(Wallet.objects),
        ]


def bob():
    with transaction.atomic():
        Wallet.objects.filter(pk=1).update(balance=F("balance") + 50)


def carol():
    """Takes no part."""


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant(results):
    """One transaction that asks for one row gets one answer."""
    seen = [f"{balance:.0f}" for balance in results["alice"] or ()]
    told = ", ".join(seen) or "nothing to the end"
    return len(set(seen)) < 2, f"Alice read {told}, in one transaction."
