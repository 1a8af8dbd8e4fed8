from django.db import transaction
from setup import give_up_after, sell

from library.models import Author, Book


def alice():
    with transaction.atomic():
        book = Book.objects.select_related("author", "editor").select_for_update().get(pk=1)
        book.price += 2 if book.author.joined_on.year < 2020 else 1
        book.save(update_fields=["price"])
    return "price raised"


def bob():
    with transaction.atomic():
        author = Author.objects.select_for_update(nowait=True).get(pk=1)
        author.bio = "Lives in Bergen."
        author.save(update_fields=["bio"])
    return "biography saved"


def carol():
    give_up_after(1)
    sell(book_id=1)
    return "sold"
