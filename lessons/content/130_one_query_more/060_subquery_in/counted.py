from django.db.models import Count

from library.models import Author


def run():
    authors = Author.objects.annotate(edited=Count("edited_books")).filter(edited=0)
    for author in authors.order_by("pk"):
        yield author.name, author.email
