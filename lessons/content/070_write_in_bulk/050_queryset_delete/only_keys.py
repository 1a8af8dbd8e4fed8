from library.models import Author


def run():
    _, deleted = Author.objects.exclude(books__is_published=True).only("pk").delete()
    yield from sorted(deleted.items())
