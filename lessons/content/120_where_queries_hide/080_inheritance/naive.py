from setup import Product


def details(product):
    if hasattr(product, "audiobook"):
        return f"{product.audiobook.minutes} minutes"
    return product.ebook.file_format


def run():
    for product in Product.objects.order_by("isbn"):
        yield product.title, product.price, details(product)
