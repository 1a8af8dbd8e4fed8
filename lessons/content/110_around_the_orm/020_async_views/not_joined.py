from library.models import Book


async def run():
    books = Book.objects.order_by("pk")
    return [(book.title, book.author.name) async for book in books]
