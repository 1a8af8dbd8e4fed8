from django.core.exceptions import ValidationError
from django.db import connection, connections, router, transaction
from django.db.models import F
from routers import ReplicaRouter

from library.models import Author, Book, Customer, Genre, Wallet


class OnlyForReads:
    """It has no db_for_write(), and so leaves that to Django."""

    def db_for_read(self, model, **hints):
        return "replica"


def all_within_the_transaction(log):
    """Inside `atomic()` every query belongs to the transaction, and sees what it has written."""
    router.routers = [ReplicaRouter()]
    with transaction.atomic():
        Wallet.objects.filter(pk=1).update(balance=7)
        return {
            "`get()`": Wallet.objects.get(pk=1).balance == 7,
            "`select_for_update().get()`": Wallet.objects.select_for_update().get(pk=1).balance == 7,
            "`get_or_create()` that finds its row": Wallet.objects.get_or_create(pk=1)[0].balance == 7,
            "a transaction on the replica begins too": connections["replica"].in_atomic_block,
        }


def every_read(log):
    """A router with `db_for_read()` sends each query that only reads to the replica."""
    router.routers = [ReplicaRouter()]
    book = Book.objects.using("default").get(pk=1)
    twin = Customer(email=Customer.objects.using("default").get(pk=1).email)
    authors = Author.objects.using("default").filter(pk=1)

    def ask(query):
        before = len(log)
        query()
        return log[-1].database == "replica" and len(log) > before

    return {
        "`count()`": ask(Book.objects.count),
        "`raw()`": ask(lambda: list(Book.objects.raw("SELECT id FROM library_book"))),
        "`refresh_from_db()`": ask(book.refresh_from_db),
        "`author` of a book from the primary": ask(lambda: book.author),
        '`using("default").prefetch_related("books")`, the books': ask(
            lambda: list(authors.prefetch_related("books"))
        ),
        "`validate_unique()` of a form": ask(lambda: _is_refused(twin.validate_unique)),
        "`validate_constraints()` of a form": ask(Wallet(balance=1).validate_constraints),
        "`connection.cursor()`": ask(_ask_by_cursor),
    }


def only_an_old_number(log):
    """The worst that a late replica can do is to show an old value for a moment."""
    router.routers = [ReplicaRouter()]
    Wallet.objects.filter(pk=1).update(balance=F("balance") + 50)
    wallet = Wallet.objects.get(pk=1)
    wallet.balance += 50
    wallet.save()
    return Wallet.objects.using("default").get(pk=1).balance == 200


def without_db_for_write(log):
    """Django writes to "default" unless a router says otherwise."""
    router.routers = [OnlyForReads()]
    author = Author.objects.get(pk=1)
    author.name = "A new name"
    author.save()
    Genre.objects.create(name="Atlases")
    Book.objects.filter(pk=1).update(title="A new title")
    return {
        "`create()`": Genre.objects.using("default").filter(name="Atlases").exists(),
        "`update()` of a queryset": Book.objects.using("default").filter(title="A new title").exists(),
        "`save()` of an object from the replica": Author.objects.using("default")
        .filter(name="A new name")
        .exists(),
    }


def _ask_by_cursor():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _is_refused(validate):
    try:
        validate()
    except ValidationError:
        return True
    return False
