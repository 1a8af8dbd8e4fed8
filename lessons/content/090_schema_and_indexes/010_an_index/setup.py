from django.db import connection, models


class AbstractVisit(models.Model):
    address = models.CharField(max_length=40)
    seconds = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.address


class Visit(AbstractVisit):
    pass


class VisitWithIndex(AbstractVisit):
    seen_at = models.DateTimeField(db_index=True)


class VisitWithIndexes(AbstractVisit):
    address = models.CharField(max_length=40, db_index=True)
    seconds = models.PositiveIntegerField(db_index=True)
    seen_at = models.DateTimeField(db_index=True)


def setup():
    """Four visits for every sale, at the time of the sale."""
    for model in (Visit, VisitWithIndex, VisitWithIndexes):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (address, seconds, seen_at)"
                " SELECT book.isbn, book.pages + genre.id, sale.sold_at"
                " FROM library_sale sale JOIN library_book book ON book.id = sale.book_id"
                " CROSS JOIN library_genre genre WHERE genre.id <= 4"
            )
