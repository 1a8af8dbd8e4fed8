from library.models import Wallet


def replicate():
    """Take over to the replica what is committed on the primary."""
    wallet = Wallet.objects.using("default").get(pk=1)
    wallet.save(using="replica", force_update=True)
    return "up to date"
