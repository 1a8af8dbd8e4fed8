from django.db.models.expressions import RawSQL

from library.models import Author

FOUNDERS = [1, 5]
SQL = """
WITH RECURSIVE pencil (author_id) AS (
    SELECT author_id FROM library_book WHERE editor_id IN (%s, %s)
    UNION
    SELECT book.author_id FROM library_book AS book JOIN pencil ON book.editor_id = pencil.author_id
)
SELECT author_id FROM pencil
"""


def run():
    authors = Author.objects.filter(pk__in=RawSQL(SQL, FOUNDERS))
    yield from authors.order_by("pk").values("id", "name")
