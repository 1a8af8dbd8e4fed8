from django.db.models import F
from setup import Coupon

from library.models import Wallet


def watch():
    wallets = Wallet.objects.filter(customer__in=[1, 2]).order_by("customer")
    coupon = Coupon.objects.values_list("customer_id", flat=True).get(code="SPRING")
    return [
        {"customer": customer, "balance": balance, "has the coupon": customer == coupon}
        for customer, balance in wallets.values_list(F("customer_id"), "balance")
    ]


def invariant(results):
    """The coupon is redeemed once."""
    redeemed = list(results.values()).count("redeemed")
    return (
        redeemed == 1,
        f"The coupon was redeemed {redeemed} times." if redeemed != 1 else "It was redeemed once.",
    )
