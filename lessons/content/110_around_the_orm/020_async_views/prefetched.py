from django.db.models import aprefetch_related_objects

from library.models import Book


async def run():
    books = [book async for book in Book.objects.order_by("pk")]
    await aprefetch_related_objects(books, "author")
    return [(book.title, book.author.name) for book in books]
