from django.db import transaction

from library.models import Wallet


def set_both(balance):
    with transaction.atomic():
        Wallet.objects.filter(pk=1).update(balance=balance)
        Wallet.objects.filter(pk=2).update(balance=balance)


def alice():
    set_both(110)


def bob():
    set_both(120)


def carol():
    """Takes no part."""


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant():
    """Alice and Bob each set both wallets to one number: whoever is last, the two are equal."""
    first, second = (f"{wallet['balance']:.0f}" for wallet in watch())
    if first == second:
        return True, f"No dirty write: {first} in both wallets."
    return False, f"A dirty write: {first} in one wallet and {second} in the other, each from another transaction."
