from library.models import Wallet


def watch():
    return list(Wallet.objects.filter(pk__lte=2).order_by("pk").values("pk", "balance"))


def invariant(results):
    """Each wallet holds what was in it, less what was sent, plus what was received."""
    from_alice = 30 if results["alice"] == "sent" else 0
    from_bob = 20 if results["bob"] == "sent" else 0
    expected = [100 - from_alice + from_bob, 100 + from_alice - from_bob]
    found = list(Wallet.objects.filter(pk__lte=2).order_by("pk").values_list("balance", flat=True))
    return found == expected, f"Expected {expected[0]} and {expected[1]}, found {found[0]} and {found[1]}."
