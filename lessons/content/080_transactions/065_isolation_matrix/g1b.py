from django.db import transaction

from library.models import Wallet


def balance():
    return Wallet.objects.values_list("balance", flat=True).get(pk=1)


def alice():
    with transaction.atomic():
        Wallet.objects.filter(pk=1).update(balance=150)
        Wallet.objects.filter(pk=1).update(balance=110)


def bob():
    with transaction.atomic():
        return [balance(), balance()]


def carol():
    """Takes no part."""


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant(results):
    """Alice writes 150 and then 110: nobody else may read the 150."""
    if 150 in (results["bob"] or ()):
        return False, "A dirty read: Bob read 150, which Alice replaced before she committed."
    return True, "No dirty read: Bob never read the 150 that Alice replaced."
