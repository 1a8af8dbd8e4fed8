from library.models import Book

SQL = """
WITH sold AS (SELECT book_id, COUNT(*) AS purchases FROM library_sale GROUP BY book_id),
     heard AS (SELECT book_id, COUNT(*) AS opinions FROM library_review GROUP BY book_id)
SELECT book.id, book.title, author.name AS author_name, sold.purchases, heard.opinions
FROM library_book AS book
JOIN sold ON sold.book_id = book.id
JOIN heard ON heard.book_id = book.id
JOIN library_author AS author ON author.id = book.author_id
WHERE sold.purchases >= %s
ORDER BY book.id
"""


def run():
    for book in Book.objects.raw(SQL, [2]):
        yield book.title, book.author_name, book.purchases, book.opinions
