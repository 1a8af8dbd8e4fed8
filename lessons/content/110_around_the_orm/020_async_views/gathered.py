import asyncio

from library.models import Author, Book


async def run():
    books = [book async for book in Book.objects.order_by("pk")]
    authors = await asyncio.gather(*[Author.objects.aget(pk=book.author_id) for book in books])
    return [(book.title, author.name) for book, author in zip(books, authors, strict=True)]
