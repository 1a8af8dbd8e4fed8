from django.db import router
from routers import ReplicaRouter

from library.models import Wallet

router.routers = [ReplicaRouter()]  # in your settings: DATABASE_ROUTERS = ["shop.routers.ReplicaRouter"]


def watch():
    return [
        {"database": alias, "balance": Wallet.objects.using(alias).get(pk=1).balance}
        for alias in ("default", "replica")
    ]


def invariant(results):
    """The shopper's page shows what she has paid in."""
    paid = Wallet.objects.using("default").get(pk=1).balance
    return results["shopper"] == f"Your balance: {paid}", f"The page says “{results['shopper']}”. She has {paid}."
