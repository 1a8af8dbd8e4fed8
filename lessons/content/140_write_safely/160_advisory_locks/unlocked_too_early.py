from bestsellers import replace_list
from django.db import transaction
from locks import try_lock


def rebuild():
    with transaction.atomic(durable=True):
        with try_lock("bestsellers") as is_ours:
            if not is_ours:
                return "left to the other"
            replace_list()
    return "rebuilt"


def alice():
    return rebuild()


def bob():
    return rebuild()
