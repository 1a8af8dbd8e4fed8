from setup import AccountWithUpper as Account


def run():
    typed = "READER.142857@example.com"
    return list(Account.objects.filter(email__iexact=typed).values_list("pk", "email"))
