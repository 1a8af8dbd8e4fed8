from library.models import Book


def run():
    for book in Book.objects.order_by("pk").select_related("author", "editor"):
        editor_name = book.editor.name if book.editor else None
        yield {"title": book.title, "author_name": book.author.name, "editor_name": editor_name}
