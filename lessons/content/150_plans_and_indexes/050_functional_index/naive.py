from setup import Account


def run():
    typed = "READER.142857@example.com"
    return list(Account.objects.filter(email__iexact=typed).values_list("pk", "email"))
