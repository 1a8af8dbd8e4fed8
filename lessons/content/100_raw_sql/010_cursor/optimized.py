from django.db import connection

FOUNDERS = [1, 5]
SQL = """
WITH RECURSIVE pencil (author_id) AS (
    SELECT author_id FROM library_book WHERE editor_id IN (%s, %s)
    UNION
    SELECT book.author_id FROM library_book AS book JOIN pencil ON book.editor_id = pencil.author_id
)
SELECT id, name FROM library_author WHERE id IN (SELECT author_id FROM pencil) ORDER BY id
"""


def run():
    with connection.cursor() as cursor:
        cursor.execute(SQL, FOUNDERS)
        columns = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(columns, row, strict=True))
