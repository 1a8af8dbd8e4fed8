from django.db import transaction
from django.db.models import F
from setup import Coupon

from library.models import Wallet


def redeem(customer_id):
    with transaction.atomic():
        free = Coupon.objects.filter(code="SPRING", customer=None)
        if not free.update(customer=customer_id):
            return "too late"
        Wallet.objects.filter(customer=customer_id).update(balance=F("balance") + 5)
    return "redeemed"


def alice():
    return redeem(customer_id=1)


def bob():
    return redeem(customer_id=2)
