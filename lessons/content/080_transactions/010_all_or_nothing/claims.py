from django.db import DatabaseError, IntegrityError, connection, transaction

from library.models import Book, Wallet


def all_is_rolled_back(log):
    """If any line inside `atomic()` raises, everything in the block is rolled back."""
    return {
        "the exception leaves the block": _is_undone(_leaves),
        "you catch your own inside": _is_undone(_own_caught_inside),
        "you catch a database error of the ORM inside": _is_undone(_database_error_caught_inside),
    }


def the_block_tells(log):
    """A block that rolls back raises an exception, so you notice."""
    return {
        "your own exception leaves it": _raises(_leaves),
        "a database error was caught inside, and you ask again": _raises(_asks_again),
        "it was caught inside, and nothing was asked after it": _raises(_database_error_caught_inside),
    }


def instances_go_back(log):
    """After the rollback your objects are as they were before."""
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
    """A transaction is atomic, leaves the data consistent, and is durable: once committed, it stays."""
    atomic = _is_undone(_leaves)
    consistent = _is_refused(lambda: Wallet.objects.filter(pk=_wallet().pk).update(balance=-1))
    with transaction.atomic():
        Wallet.objects.filter(pk=_wallet().pk).update(balance=77)
    connection.close()  # the next query opens another
    return {
        "atomic: half of it is undone": atomic,
        "consistent: what breaks a constraint is refused": consistent,
        "durable: a new connection finds it": _wallet().balance == 77,
    }


def refused_by_its_statement(log):
    """The statement that breaks a constraint is the one that fails."""
    return {
        "a check": _fails_before_the_commit(lambda: Wallet.objects.filter(pk=_wallet().pk).update(balance=-1)),
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
