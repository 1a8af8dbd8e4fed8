from django.db import transaction

from library.models import Wallet


def set_both(first, second):
    with transaction.atomic():
        Wallet.objects.filter(pk=1).update(balance=first)
        Wallet.objects.filter(pk=2).update(balance=second)


def balance(wallet):
    return Wallet.objects.values_list("balance", flat=True).get(pk=wallet)


def alice():
    set_both(110, 110)


def bob():
    set_both(120, 120)


def carol():
    with transaction.atomic():
        return [balance(1), balance(2), balance(2), balance(1)]


def watch():
    return list(Wallet.objects.filter(pk__in=[1, 2]).order_by("pk").values("pk", "balance"))


def invariant(results):
    """Balances only ever rise. Whoever has seen Bob's 120 once must see it in every later read."""
    seen = [int(balance) for balance in results["carol"] or ()]
    told = ", ".join(map(str, seen)) or "nothing"
    if seen != sorted(seen):
        return False, f"An observed transaction vanished: Carol read {told}."
    return True, f"No observed transaction vanished: Carol read {told}."
