from django.db import connection
from market import quotes
from setup import Quote

COPY = f"COPY {Quote._meta.db_table} (isbn, shop, price, copies) FROM STDIN"


def run():
    lines = quotes()  # before: a query on a connection whose COPY is open never gets an answer
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for line in lines:
            copy.write_row(line)
    return list(Quote.objects.order_by("isbn").values_list("isbn", "shop", "price", "copies"))
