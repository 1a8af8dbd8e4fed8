from django.db import transaction
from setup import FEE

from library.models import Wallet


class TooLittle(Exception):
    pass


def charge_all():
    for wallet in Wallet.objects.order_by("pk"):
        if wallet.balance < FEE:
            raise TooLittle(wallet)
        wallet.balance -= FEE
        wallet.save(update_fields=["balance"])


def run():
    with transaction.atomic():
        try:
            charge_all()
        except TooLittle:
            pass
    return list(Wallet.objects.order_by("pk").values_list("customer__name", "balance"))
