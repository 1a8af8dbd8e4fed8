from django.db import transaction

from library.models import Wallet


def transfer(sender_id, receiver_id, amount):
    if sender_id == receiver_id or amount <= 0:
        raise ValueError("A transfer goes to somebody else, and takes something there.")
    with transaction.atomic():
        wallets = Wallet.objects.only("balance").select_for_update().order_by("pk")
        both = {wallet.pk: wallet for wallet in wallets.filter(pk__in=[sender_id, receiver_id])}
        sender, receiver = both[sender_id], both[receiver_id]
        if sender.balance < amount:
            return "too little"
        sender.balance -= amount
        receiver.balance += amount
        sender.save(update_fields=["balance"])
        receiver.save(update_fields=["balance"])
    return "sent"


def alice():
    return transfer(1, 2, amount=30)


def bob():
    return transfer(2, 1, amount=20)
