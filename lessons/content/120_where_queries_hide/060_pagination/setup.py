from django.db import connection, models

from library.models import Book

PAGE_SIZE = 20
OFFERS = 50_000


class Offer(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="+")
    price = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        indexes = [models.Index(fields=["price", "id"], name="offer_price_id")]

    def __str__(self):
        return f"Offer {self.pk}"


def address(page):
    """What `?before=` holds in the address of a page: the key of the last offer on the page before it.

    Each page links to the next one. Here the offers have numbers without gaps, so it can be worked out.
    """
    return OFFERS + 1 - PAGE_SIZE * (page - 1)


def setup():
    """Second-hand copies of ten books. There are equally many on each shelf."""
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    number = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Offer._meta.db_table} (id, book_id, price)"
            f" SELECT 1 + {number}, 1 + a.d, 1 + ({number}) * 37 % 250"
            f" FROM ({digits}) a, ({digits}) b, ({digits}) c, ({digits}) e, ({digits}) f WHERE f.d < 5"
        )
