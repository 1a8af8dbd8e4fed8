from django.db.models.functions import Lower
from setup import AccountWithIndex as Account


def run():
    typed = "READER.142857@example.com"
    accounts = Account.objects.alias(lowered=Lower("email")).filter(lowered=typed.lower())
    return list(accounts.values_list("pk", "email"))
