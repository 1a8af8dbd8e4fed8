from library.models import Author


def run():
    for author in Author.objects.order_by("pk"):
        yield author.name, author.profile.website
