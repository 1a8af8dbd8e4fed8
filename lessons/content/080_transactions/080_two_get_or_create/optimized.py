from setup import Tag


def tag_a_book(curator):
    tag, made = Tag.objects.get_or_create(name="sea", defaults={"curator": curator})
    return f"{'made' if made else 'found'} tag {tag.pk}"


def alice():
    return tag_a_book("alice")


def bob():
    return tag_a_book("bob")
