from asgiref.sync import sync_to_async

from library.models import Book


def author_name(book):
    return book.author.name


async def run():
    books = await sync_to_async(list)(Book.objects.order_by("pk"))
    return [(book.title, await sync_to_async(author_name)(book)) for book in books]
