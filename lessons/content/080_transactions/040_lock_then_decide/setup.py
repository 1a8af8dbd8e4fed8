from library.models import Wallet


def setup():
    """The family's wallet has enough for one book."""
    Wallet.objects.filter(pk=1).update(balance=100)
