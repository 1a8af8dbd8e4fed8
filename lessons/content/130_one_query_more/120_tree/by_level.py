from setup import Category


def run():
    level = list(Category.objects.filter(pk=2))
    while level:
        for category in level:
            yield category.pk, category.name
        level = list(Category.objects.filter(parent__in=level))
