from django.db import connection, models
from django.db.models.functions import Lower, Upper


class AbstractAccount(models.Model):
    email = models.CharField(max_length=60)
    name = models.CharField(max_length=20)

    class Meta:
        abstract = True

    def __str__(self):
        return self.email


class Account(AbstractAccount):
    class Meta:
        indexes = [models.Index(fields=["email"], name="account_email")]


class AccountWithIndex(AbstractAccount):
    class Meta:
        indexes = [models.Index(Lower("email"), name="account_lower")]


class AccountWithUpper(AbstractAccount):
    class Meta:
        indexes = [models.Index(Upper("email"), name="account_upper")]


class AccountWithField(AbstractAccount):
    lowered = models.GeneratedField(
        expression=Lower("email"), output_field=models.CharField(max_length=60), db_persist=True
    )

    class Meta:
        indexes = [models.Index(fields=["lowered"], name="account_lowered")]


class AccountOnce(AbstractAccount):
    """For the claims: without rows."""

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_once")]


def setup():
    """A hundred thousand accounts, with addresses as people have typed them."""
    digits = " UNION ALL ".join(f"SELECT {digit} AS d" for digit in range(10))
    n = "a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
    parts = ("'Reader.'", f"100000 + {n}", "'@Example.com'")
    email = (
        f"CONCAT({', '.join(parts)})"
        if connection.vendor == "mysql"
        else " || ".join(f"({part})" for part in parts)
    )
    for model in (Account, AccountWithIndex, AccountWithUpper, AccountWithField):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} (id, email, name) SELECT 1 + {n}, {email}, 'A reader'"
                f" FROM ({digits}) a, ({digits}) b, ({digits}) c, ({digits}) e, ({digits}) f"
            )
