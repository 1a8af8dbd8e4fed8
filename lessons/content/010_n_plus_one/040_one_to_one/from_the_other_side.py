from library.models import Profile


def run():
    for profile in Profile.objects.order_by("author").select_related("author"):
        yield profile.author.name, profile.website
