from django.db import transaction
from setup import LooseTag


def tag_a_book(curator):
    with transaction.atomic():
        tag, made = LooseTag.objects.get_or_create(name="sea", defaults={"curator": curator})
    return f"{'made' if made else 'found'} tag {tag.pk}"


def alice():
    return tag_a_book("alice")


def bob():
    return tag_a_book("bob")
