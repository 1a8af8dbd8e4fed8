from django.db import transaction

from library.models import Wallet


def pay(wallets):
    with transaction.atomic():
        wallet = wallets.only("balance").get(pk=1)
        if wallet.balance < 80:
            return "too little"
        wallet.balance -= 80
        wallet.save(update_fields=["balance"])
    return "paid"


def alice():
    return pay(Wallet.objects.select_for_update())


def bob():
    return pay(Wallet.objects)


def carol():
    return Wallet.objects.values_list("balance", flat=True).get(pk=1)
