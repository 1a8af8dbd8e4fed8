from library.models import Wallet


def setup():
    """The wallet has 100, on the primary and on the replica."""
    Wallet.objects.filter(pk=1).update(balance=100)
