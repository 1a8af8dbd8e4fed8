from datetime import UTC, datetime
from decimal import Decimal

from setup import PaymentByEither as Payment


def run():
    since = datetime(2024, 7, 1, tzinfo=UTC)
    for euros in range(5, 65):
        amount = Decimal(f"{euros}.99")
        yield amount, Payment.objects.filter(amount=amount, paid_at__gte=since).count()
