from django.db import connection, models


class AbstractPayment(models.Model):
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    paid_at = models.DateTimeField()
    reference = models.CharField(max_length=20)

    class Meta:
        abstract = True

    def __str__(self):
        return self.reference


class PaymentByTime(AbstractPayment):
    class Meta:
        indexes = [models.Index(fields=["paid_at", "amount"], name="payment_by_time")]


class PaymentByAmount(AbstractPayment):
    class Meta:
        indexes = [models.Index(fields=["amount", "paid_at"], name="payment_by_amount")]


class PaymentByEither(AbstractPayment):
    class Meta:
        indexes = [
            models.Index(fields=["paid_at"], name="payment_paid_at"),
            models.Index(fields=["amount"], name="payment_amount"),
        ]


def setup():
    """A payment for every sale."""
    for model in (PaymentByTime, PaymentByAmount, PaymentByEither):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (amount, paid_at, reference)"
                " SELECT sale.amount, sale.sold_at, book.isbn"
                " FROM library_sale sale JOIN library_book book ON book.id = sale.book_id"
            )
