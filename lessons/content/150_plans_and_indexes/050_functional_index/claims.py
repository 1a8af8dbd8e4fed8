from django.db import connection
from django.db.models.functions import Lower, Trim
from setup import Account, AccountOnce, AccountWithIndex, AccountWithUpper

TYPED = "reader.142857@example.com"


def for_every_search_in_any_case(log):
    """`Index(Lower("email"))` makes every search fast that ignores upper and lower case."""
    accounts = AccountWithIndex.objects.all()
    lowered = accounts.alias(lowered=Lower("email"))
    return {
        "`lowered=…`": _uses("account_lower", lowered.filter(lowered=TYPED)),
        "`lowered__in=[…]`": _uses("account_lower", lowered.filter(lowered__in=[TYPED, "else@example.com"])),
        '`order_by(Lower("email"))[:10]`': _uses("account_lower", accounts.order_by(Lower("email"))[:10]),
        "`email__iexact=…`": _uses("account_lower", accounts.filter(email__iexact=TYPED)),
        "`email__istartswith=…`": _uses("account_lower", accounts.filter(email__istartswith="reader.142")),
        '`Lower(Trim("email"))`': _uses(
            "account_lower", accounts.alias(lowered=Lower(Trim("email"))).filter(lowered=TYPED)
        ),
    }


def iexact_has_its_index(log):
    """There is an index that serves `email__iexact`."""
    return {
        '`Index(fields=["email"])`': _uses("account_email", Account.objects.filter(email__iexact=TYPED)),
        '`Index(Lower("email"))`': _uses("account_lower", AccountWithIndex.objects.filter(email__iexact=TYPED)),
        '`Index(Upper("email"))`': _uses("account_upper", AccountWithUpper.objects.filter(email__iexact=TYPED)),
    }


def on_every_database(log):
    """Django makes an index of an expression on every database."""
    warnings = {
        warning.id for model in (AccountWithIndex, AccountOnce) for warning in model.check(databases=["default"])
    }
    return {
        '`Index(Lower("email"))` is there': "account_lower" in _names(AccountWithIndex),
        '`UniqueConstraint(Lower("email"))` is there': "account_once" in _names(AccountOnce),
        "where it is not, `manage.py check --database default` warns": "account_lower" in _names(AccountWithIndex)
        or {"models.W043", "models.W044"} <= warnings,
    }


def as_large_as_a_plain_one(log):
    """An index of an expression takes as much room as an index of the column."""
    return _bytes(AccountWithIndex) < 1.1 * _bytes(Account)


def _uses(index, accounts):
    """Whether it leads to some of the rows, or has them in order."""
    return any(index in step and "COVERING" not in step for step in accounts.explain().splitlines())


def _names(model):
    with connection.cursor() as cursor:
        return list(connection.introspection.get_constraints(cursor, model._meta.db_table))


def _bytes(model):
    """Of the indexes of the table, without that of its primary key."""
    table = model._meta.db_table
    size = {
        "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name IN"
        f" (SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table}')",
        "postgresql": "SELECT SUM(pg_relation_size(indexrelid)) FROM pg_index"
        f" WHERE indrelid = '{table}'::regclass AND NOT indisprimary",
        "mysql": "SELECT index_length FROM information_schema.tables"
        f" WHERE table_schema = DATABASE() AND table_name = '{table}'",
    }
    with connection.cursor() as cursor:
        cursor.execute(size[connection.vendor])
        return int(cursor.fetchone()[0])
