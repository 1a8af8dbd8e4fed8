from django.db import transaction

from library.models import Wallet


def transfer(sender_id, receiver_id, amount):
    with transaction.atomic():
        wallets = Wallet.objects.only("balance").select_for_update()
        sender = wallets.get(pk=sender_id)
        receiver = wallets.get(pk=receiver_id)
        if sender.balance < amount:
            return "too little"
        sender.balance -= amount
        receiver.balance += amount
        sender.save(update_fields=["balance"])
        receiver.save(update_fields=["balance"])
    return "sent"


def alice():
    return transfer(1, 1, amount=40)


def bob():
    return transfer(2, 1, amount=-50)


def invariant():
    """A transfer moves money, and neither makes nor takes any."""
    total = sum(Wallet.objects.filter(pk__lte=2).values_list("balance", flat=True))
    return total == 200, f"There were 200 in both wallets. There are {total}."
