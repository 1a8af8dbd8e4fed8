from django.db import DatabaseError, IntegrityError, connection, transaction
from setup import Offer

from library.models import Book


def all_is_rolled_back(log):
    """If any line inside `atomic()` raises, everything in the block is rolled back."""
    with transaction.atomic():
        Offer.objects.create(isbn="first")
        _offer_twice()
    outer = not _is_there("first")
    inner = not _is_there("second")
    return {"what the inner block did": inner, "what the outer block did": outer}


def nesting_is_free(log):
    """A nested `atomic()` costs no statements, because the transaction is open already."""
    return {
        "`atomic()`": _statements_around_a_row() == 0,
        "`atomic(savepoint=False)`": _statements_around_a_row(savepoint=False) == 0,
    }


def the_inner_block_commits(log):
    """When an inner `atomic()` block ends without an error, its changes are stored."""
    try:
        with transaction.atomic():
            with transaction.atomic():
                Offer.objects.create(isbn="inner")
            raise KeyError
    except KeyError:
        pass
    return _is_there("inner")


def it_catches_what_is_wrong(log):
    """With a savepoint around each row, a bad row is caught and the other rows are stored."""
    return {
        "the row breaks a unique constraint": _others_are_stored(lambda: Offer.objects.create(isbn="others")),
        "the row has a foreign key that points to no row": _others_are_stored(
            lambda: Book.objects.filter(pk=1).update(author=10**6)
        ),
    }


def durable_is_refused(log):
    """`atomic(durable=True)` makes sure that the block is a transaction of its own."""
    try:
        with transaction.atomic(), transaction.atomic(durable=True):
            pass
    except RuntimeError:
        return True
    return False


def _offer_twice():
    try:
        with transaction.atomic():
            Offer.objects.create(isbn="second")
            Offer.objects.create(isbn="first")
    except IntegrityError:
        pass


def _is_there(isbn):
    return Offer.objects.filter(isbn=isbn).exists()


def _statements_around_a_row(**options):
    statements = []

    def note(execute, sql, *arguments):
        statements.append(sql)
        return execute(sql, *arguments)

    with transaction.atomic(), connection.execute_wrapper(note), transaction.atomic(**options):
        Offer.objects.create(isbn=f"row {len(options)}")
    return len(statements) - 1


def _others_are_stored(write):
    Offer.objects.filter(isbn="others").delete()
    try:
        with transaction.atomic():
            Offer.objects.create(isbn="others")
            try:
                with transaction.atomic():
                    write()
            except DatabaseError:
                pass
    except DatabaseError:
        pass
    return _is_there("others")
