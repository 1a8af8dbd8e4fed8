from django.db import transaction

from library.models import Review, Wallet


def pay():
    with transaction.atomic():
        wallet = Wallet.objects.select_related("customer").select_for_update().get(pk=1)
        if wallet.balance < 80:
            return "too little"
        wallet.balance -= 80
        wallet.save(update_fields=["balance"])
    return "paid"


def alice():
    return pay()


def bob():
    return pay()


def carol():
    Review.objects.create(book_id=1, customer_id=1, rating=5)
