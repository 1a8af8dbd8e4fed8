from django.db import transaction

from library.models import Wallet


def set_one_and_read_the_other(mine, other, balance):
    with transaction.atomic():
        Wallet.objects.filter(pk=mine).update(balance=balance)
        return Wallet.objects.values_list("balance", flat=True).get(pk=other)


def alice():
    return set_one_and_read_the_other(1, 2, balance=110)


def bob():
    return set_one_and_read_the_other(2, 1, balance=120)


def carol():
    """Takes no part."""


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant(results):
    """One of the two comes first, and cannot have read what the other wrote."""
    if results["alice"] == 120 and results["bob"] == 110:
        return False, "A circle of information: each of the two read what the other wrote."
    return True, "No circle of information: not both read what the other wrote."
