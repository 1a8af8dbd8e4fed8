from django.db import transaction

from library.models import Wallet


def pay():
    with transaction.atomic():
        wallet = Wallet.objects.only("balance").get(pk=1)
        if wallet.balance < 80:
            return "too little"
        wallet.balance -= 80
        wallet.save(update_fields=["balance"])
    return "paid"


def alice():
    return pay()


def bob():
    return pay()


def carol():
    return Wallet.objects.values_list("balance", flat=True).get(pk=1)
