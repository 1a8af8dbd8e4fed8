from setup import Ebook


def run():
    for ebook in Ebook.objects.order_by("pk").prefetch_related("contract"):
        file = f"{ebook.title}\n\n{ebook.contract.text}"
        yield ebook.title, len(file.encode())
