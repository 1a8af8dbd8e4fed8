from django.db.models import Count

from library.models import Author


def run():
    for author in Author.objects.order_by("pk").annotate(titles=Count("books")):
        yield author.name, author.titles
