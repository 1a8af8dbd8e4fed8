from library.models import Book


def run():
    for book in Book.objects.order_by("pk").select_related("author", "publisher", "editor"):
        editor = book.editor.name if book.editor else None
        yield book.title, book.author.name, book.publisher.name, editor
