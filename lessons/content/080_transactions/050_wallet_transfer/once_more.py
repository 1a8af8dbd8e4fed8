from contextlib import suppress

from django.db import OperationalError, transaction
from django.db.models import F

from library.models import Wallet


def transfer(sender_id, receiver_id, amount):
    with transaction.atomic(durable=True):
        sender = Wallet.objects.filter(pk=sender_id, balance__gte=amount)
        if not sender.update(balance=F("balance") - amount):
            return "too little"
        Wallet.objects.filter(pk=receiver_id).update(balance=F("balance") + amount)
    return "sent"


def transfer_patiently(*transfer_of):
    for _ in range(2):
        with suppress(OperationalError):
            return transfer(*transfer_of)
    return transfer(*transfer_of)


def alice():
    return transfer_patiently(1, 2, 30)


def bob():
    return transfer_patiently(2, 1, 20)
