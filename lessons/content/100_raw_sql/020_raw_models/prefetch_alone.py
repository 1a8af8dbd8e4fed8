from library.models import Book

SQL = """
WITH sold AS (SELECT book_id, COUNT(*) AS purchases FROM library_sale GROUP BY book_id),
     heard AS (SELECT book_id, COUNT(*) AS opinions FROM library_review GROUP BY book_id)
SELECT book.id, book.title, sold.purchases, heard.opinions
FROM library_book AS book
JOIN sold ON sold.book_id = book.id
JOIN heard ON heard.book_id = book.id
WHERE sold.purchases >= %s
ORDER BY book.id
"""


def run():
    for book in Book.objects.raw(SQL, [2]).prefetch_related("author"):
        yield book.title, book.author.name, book.purchases, book.opinions
