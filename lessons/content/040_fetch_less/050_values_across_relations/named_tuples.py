from library.models import Book


def run():
    books = Book.objects.order_by("pk")
    for row in books.values_list("title", "author__name", "editor__name", named=True):
        yield {"title": row.title, "author_name": row.author__name, "editor_name": row.editor__name}
