from library.models import Author


def run():
    for author in Author.objects.filter(edited_books=None).order_by("pk"):
        yield author.name, author.email
