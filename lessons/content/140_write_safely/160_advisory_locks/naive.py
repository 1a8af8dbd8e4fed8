from bestsellers import replace_list
from django.db import transaction


def rebuild():
    with transaction.atomic():
        replace_list()
    return "rebuilt"


def alice():
    return rebuild()


def bob():
    return rebuild()
