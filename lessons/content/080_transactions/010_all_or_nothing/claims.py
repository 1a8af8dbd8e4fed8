from django.db import DatabaseError, IntegrityError, connection, transaction

from library.models import Book, Wallet


def all_is_rolled_back(log):
    """If any line inside `atomic()` raises, everything in the block is rolled back."""
    return {
        "the exception leaves the block": _is_undone(_leaves),
        "you catch your own exception inside the block": _is_undone(_own_caught_inside),
        "you catch a database error of the ORM inside the block": _is_undone(_database_error_caught_inside),
    }


def the_block_tells(log):
    """An `atomic()` block that rolls back raises an exception, so you notice it."""
    return {
        "your own exception leaves the block": _raises(_leaves),
        "a database error is caught inside, and another query follows": _raises(_asks_again),
        "a database error is caught inside, and no query follows": _raises(_database_error_caught_inside),
    }


def instances_go_back(log):
    """After a rollback your objects have the values that they had before."""
    wallet = _wallet()
    before = wallet.balance
    try:
        with transaction.atomic():
            wallet.balance = 0
            wallet.save(update_fields=["balance"])
            raise KeyError
    except KeyError:
        pass
    in_memory = wallet.balance
    wallet.refresh_from_db()
    return {"the object in memory": in_memory == before, "the row": wallet.balance == before}


def words_are_kept(log):
    """A transaction is atomic, keeps the data consistent, and is durable: what is committed stays."""
    atomic = _is_undone(_leaves)
    consistent = _is_refused(lambda: Wallet.objects.filter(pk=_wallet().pk).update(balance=-1))
    with transaction.atomic():
        Wallet.objects.filter(pk=_wallet().pk).update(balance=77)
    connection.close()  # the next query opens another
    return {
        "atomic: half of the work is undone": atomic,
        "consistent: a value that breaks a constraint is refused": consistent,
        "durable, in so far as a new connection finds the row": _wallet().balance == 77,
    }


def refused_by_its_statement(log):
    """The statement that breaks a constraint is the one that raises the error."""
    return {
        "a check constraint": _fails_before_the_commit(
            lambda: Wallet.objects.filter(pk=_wallet().pk).update(balance=-1)
        ),
        "a foreign key": _fails_before_the_commit(lambda: Book.objects.filter(pk=1).update(author=10**6)),
    }


def _wallet():
    return Wallet.objects.order_by("pk")[0]


def _pay(wallet):
    wallet.balance = 1
    wallet.save(update_fields=["balance"])


def _overdraw(wallet):
    wallet.balance = -1
    wallet.save(update_fields=["balance"])


def _leaves():
    with transaction.atomic():
        _pay(_wallet())
        raise KeyError


def _own_caught_inside():
    with transaction.atomic():
        try:
            _pay(_wallet())
            raise KeyError
        except KeyError:
            pass


def _database_error_caught_inside():
    with transaction.atomic():
        wallet = _wallet()
        _pay(wallet)
        try:
            _overdraw(wallet)
        except IntegrityError:
            pass


def _asks_again():
    with transaction.atomic():
        try:
            _overdraw(_wallet())
        except IntegrityError:
            pass
        _wallet()


def _is_undone(work):
    before = _wallet().balance
    _raises(work)
    undone = _wallet().balance == before
    Wallet.objects.update(balance=before)
    return undone


def _raises(work):
    try:
        work()
    except (KeyError, DatabaseError, transaction.TransactionManagementError):
        return True
    return False


def _is_refused(write):
    try:
        write()
    except IntegrityError:
        return True
    return False


def _fails_before_the_commit(write):
    refused = False
    try:
        with transaction.atomic():
            refused = _is_refused(write)
    except IntegrityError:
        pass
    return refused
