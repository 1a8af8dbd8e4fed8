from django.db.models import F
from replicating import replicate

from library.models import Wallet


def shopper():
    Wallet.objects.filter(pk=1).update(balance=F("balance") + 50)
    wallet = Wallet.objects.get(pk=1)
    return f"Your balance: {wallet.balance}"


def replication():
    return replicate()
