from library.models import Author


def run():
    for author in Author.objects.order_by("pk").select_related("profile"):
        yield author.name, author.profile.website
