from library.models import Wallet


def setup():
    """Alice's wallet is the first, Bob's the second."""
    Wallet.objects.filter(pk__lte=2).update(balance=100)
