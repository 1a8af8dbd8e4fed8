from django.db import connection, models

from library.models import Book


class Totals(models.Model):
    book = models.OneToOneField(Book, on_delete=models.DO_NOTHING, primary_key=True, related_name="+")
    sold = models.IntegerField()
    reviewed = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"Totals of book {self.book_id}"


class BookTotals(Totals):
    """A row for each book, computed when it is read."""

    class Meta:
        managed = False
        db_table = "book_totals"


class StoredTotals(Totals):
    """The same rows, stored when the totals were last refreshed."""

    class Meta:
        managed = False
        db_table = "stored_totals"


SELECT = (
    "SELECT book.id AS book_id, COALESCE(sale.sold, 0) AS sold, COALESCE(review.reviewed, 0) AS reviewed"
    " FROM library_book book"
    " LEFT JOIN (SELECT book_id, SUM(quantity) AS sold FROM library_sale GROUP BY book_id) sale"
    " ON sale.book_id = book.id"
    " LEFT JOIN (SELECT book_id, COUNT(*) AS reviewed FROM library_review GROUP BY book_id) review"
    " ON review.book_id = book.id"
)


def setup():
    """In a project, a migration with `RunSQL` does this."""
    stored = "MATERIALIZED VIEW" if connection.vendor == "postgresql" else "TABLE"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE VIEW book_totals AS {SELECT}")
        cursor.execute(f"CREATE {stored} stored_totals AS SELECT book_id, sold, reviewed FROM book_totals")
        cursor.execute("CREATE UNIQUE INDEX stored_totals_book ON stored_totals (book_id)")
        cursor.execute("CREATE INDEX stored_totals_sold ON stored_totals (sold)")


def refresh():
    """What a task does every few minutes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY stored_totals")
        else:
            cursor.execute("DELETE FROM stored_totals")
            cursor.execute("INSERT INTO stored_totals SELECT book_id, sold, reviewed FROM book_totals")
