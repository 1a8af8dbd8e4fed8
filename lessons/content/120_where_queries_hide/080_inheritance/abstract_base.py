from operator import attrgetter

from setup import Download, Recording


def details(product):
    if isinstance(product, Recording):
        return f"{product.minutes} minutes"
    return product.file_format


def run():
    products = [*Recording.objects.all(), *Download.objects.all()]
    for product in sorted(products, key=attrgetter("isbn")):
        yield product.title, product.price, details(product)
