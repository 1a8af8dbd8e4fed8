from setup import Category


def branch(category):
    yield category
    for child in category.children.all():
        yield from branch(child)


def run():
    for category in branch(Category.objects.get(pk=2)):
        yield category.pk, category.name
