from setup import Category


def run():
    top = Category.objects.get(pk=2)
    below = Category.objects.filter(path__range=(top.path, top.path + "Z"))
    yield from below.order_by("path").values_list("pk", "name")
