from django.db import transaction

from library.models import Wallet


def add(amount):
    with transaction.atomic():
        wallet = Wallet.objects.only("balance").get(pk=1)
        wallet.balance += amount
        wallet.save(update_fields=["balance"])
    return amount


def alice():
    return add(10)


def bob():
    return add(20)


def carol():
    """Takes no part."""


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant(results):
    """What was added and committed must be there."""
    added = sum(amount or 0 for amount in results.values())
    there = Wallet.objects.get(pk=1).balance - 100
    if there != added:
        return False, f"A lost update: {added} were added, and {there:.0f} are there."
    return True, f"No lost update: {added} were added, and they are there."
