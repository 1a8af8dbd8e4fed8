from django.db import IntegrityError, transaction
from setup import FEE

from library.models import Wallet


def charge_all():
    for wallet in Wallet.objects.order_by("pk"):
        wallet.balance -= FEE
        wallet.save(update_fields=["balance"])


def run():
    with transaction.atomic():
        try:
            charge_all()
        except IntegrityError:
            pass
    return list(Wallet.objects.order_by("pk").values_list("customer__name", "balance"))
