from django.db.models import FETCH_PEERS

from library.models import Book


async def run():
    books = Book.objects.order_by("pk").fetch_mode(FETCH_PEERS)
    return [(book.title, book.author.name) async for book in books]
