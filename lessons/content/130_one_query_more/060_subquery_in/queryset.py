from library.models import Author, Book


def run():
    editors = Book.objects.filter(editor__isnull=False).values("editor")
    for author in Author.objects.exclude(pk__in=editors).order_by("pk"):
        yield author.name, author.email
