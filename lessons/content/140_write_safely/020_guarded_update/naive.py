from django.db import transaction
from django.db.models import F
from setup import Coupon

from library.models import Wallet


def redeem(customer_id):
    with transaction.atomic():
        coupon = Coupon.objects.get(code="SPRING")
        if coupon.customer_id is not None:
            return "too late"
        coupon.customer_id = customer_id
        coupon.save(update_fields=["customer"])
        Wallet.objects.filter(customer=customer_id).update(balance=F("balance") + 5)
    return "redeemed"


def alice():
    return redeem(customer_id=1)


def bob():
    return redeem(customer_id=2)
