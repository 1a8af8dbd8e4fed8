from library.models import Wallet


def watch():
    return list(Wallet.objects.filter(pk=1).values("balance"))


def invariant(results):
    """Whatever was paid is gone from the wallet."""
    paid = 80 * list(results.values()).count("paid")
    balance = Wallet.objects.get(pk=1).balance
    return balance + paid == 100, f"There were 100. {paid} paid, {balance} left."
