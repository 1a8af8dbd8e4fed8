from django.db.models import Count, Q

from library.models import Author


def run():
    authors = Author.objects.annotate(
        titles=Count("books"),
        published=Count("books", filter=Q(books__is_published=True)),
    )
    for author in authors.order_by("pk"):
        yield author.name, author.titles, author.published
