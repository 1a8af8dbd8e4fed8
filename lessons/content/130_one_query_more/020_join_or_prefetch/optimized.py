from setup import Ebook


def run():
    for ebook in Ebook.objects.order_by("pk").prefetch_related("licence"):
        file = f"{ebook.title}\n\n{ebook.licence.text}"
        yield ebook.title, len(file.encode())
