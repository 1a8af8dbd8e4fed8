from django.db import transaction

from library.models import Wallet


def transfer(sender_id, receiver_id, amount):
    with transaction.atomic():
        wallets = Wallet.objects.only("balance")
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
    return transfer(1, 2, amount=30)


def bob():
    return transfer(2, 1, amount=20)
