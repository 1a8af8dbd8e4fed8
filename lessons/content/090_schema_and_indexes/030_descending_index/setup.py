from django.db import connection, models


class AbstractRating(models.Model):
    isbn = models.CharField("ISBN", max_length=13)
    stars = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    def __str__(self):
        return self.isbn


class Rating(AbstractRating):
    class Meta:
        indexes = [models.Index(fields=["stars", "id"], name="rating_stars_id")]


class RatingMixed(AbstractRating):
    class Meta:
        indexes = [models.Index(fields=["-stars", "id"], name="rating_mixed")]


class RatingStarsAlone(AbstractRating):
    class Meta:
        indexes = [models.Index(fields=["-stars"], name="rating_stars_alone")]


def setup():
    """Eight ratings for every review."""
    for model in (Rating, RatingMixed, RatingStarsAlone):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (isbn, stars)"
                " SELECT book.isbn, review.rating"
                " FROM library_review review JOIN library_book book ON book.id = review.book_id"
                " CROSS JOIN library_genre genre WHERE genre.id <= 8 ORDER BY genre.id, review.id"
            )
