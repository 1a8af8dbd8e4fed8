from setup import LooseTag, Tag


def watch():
    return [row for model in (LooseTag, Tag) for row in model.objects.order_by("pk").values()]


def invariant():
    """One name, one tag."""
    tags = len(watch())
    return tags == 1, f"{tags} {'row is' if tags == 1 else 'rows are'} named “sea”."
