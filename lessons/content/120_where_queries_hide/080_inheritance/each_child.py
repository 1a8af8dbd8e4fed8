from operator import attrgetter

from setup import Audiobook, Ebook


def details(product):
    if isinstance(product, Audiobook):
        return f"{product.minutes} minutes"
    return product.file_format


def run():
    products = [*Audiobook.objects.all(), *Ebook.objects.all()]
    for product in sorted(products, key=attrgetter("isbn")):
        yield product.title, product.price, details(product)
