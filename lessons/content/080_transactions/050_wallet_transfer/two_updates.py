from django.db import transaction
from django.db.models import F

from library.models import Wallet


def transfer(sender_id, receiver_id, amount):
    with transaction.atomic():
        sender = Wallet.objects.filter(pk=sender_id, balance__gte=amount)
        if not sender.update(balance=F("balance") - amount):
            return "too little"
        Wallet.objects.filter(pk=receiver_id).update(balance=F("balance") + amount)
    return "sent"


def alice():
    return transfer(1, 2, amount=30)


def bob():
    return transfer(2, 1, amount=20)
