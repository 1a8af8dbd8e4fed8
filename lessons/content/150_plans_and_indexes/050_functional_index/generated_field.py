from setup import AccountWithField as Account


def run():
    typed = "READER.142857@example.com"
    return list(Account.objects.filter(lowered=typed.lower()).values_list("pk", "email"))
