from collections import Counter

from library.models import Author


def run():
    deleted = Counter()
    for author in Author.objects.exclude(books__is_published=True):
        _, by_model = author.delete()
        deleted.update(by_model)
    yield from sorted(deleted.items())
