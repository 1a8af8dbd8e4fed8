import random
import time

from django.db import OperationalError, transaction
from django.db.models import F

from library.models import Wallet

# After these errors the database has rolled back for certain: deadlock, serialization failure (PostgreSQL), then
# deadlock, record changed since last read (MariaDB). After a lost connection nobody knows.
ROLLED_BACK = {"40P01", "40001", 1213, 1020}


def transfer(sender_id, receiver_id, amount):
    with transaction.atomic(durable=True):
        sender = Wallet.objects.filter(pk=sender_id, balance__gte=amount)
        if not sender.update(balance=F("balance") - amount):
            return "too little"
        Wallet.objects.filter(pk=receiver_id).update(balance=F("balance") + amount)
    return "sent"


def transfer_with_retry(*arguments, attempts=3):
    for attempt in range(1, attempts):
        try:
            return transfer(*arguments)
        except OperationalError as error:
            if code_of(error) not in ROLLED_BACK:
                raise
        time.sleep(random.uniform(0, 0.02 * 2**attempt))
    return transfer(*arguments)


def code_of(error):
    driver_error = error.__cause__
    return getattr(driver_error, "sqlstate", None) or driver_error.args[0]


def alice():
    return transfer_with_retry(1, 2, 30)


def bob():
    return transfer_with_retry(2, 1, 20)
