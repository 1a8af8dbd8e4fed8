from datetime import UTC, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F

from library.models import Book, Customer, Sale


def run():
    thanked = []
    customers = list(Customer.objects.order_by("pk"))
    with transaction.atomic():
        for customer in customers:
            try:
                with transaction.atomic():
                    Sale.objects.create(
                        book_id=1,
                        customer=customer,
                        quantity=1,
                        amount=Decimal("9.99"),
                        sold_at=datetime(2026, 5, 4, 12, tzinfo=UTC),
                    )
                    transaction.on_commit(lambda: thanked.append(customer.pk))
                    Book.objects.filter(pk=1).update(stock=F("stock") - 1)
            except IntegrityError:
                pass  # sold out
    sold = set(Sale.objects.filter(book_id=1).values_list("customer_id", flat=True))
    return [(customer.name, thanked.count(customer.pk), customer.pk in sold) for customer in customers]
