from django.db import IntegrityError, transaction
from inbox import requests
from setup import Signup


def run():
    for book, customer, seats in requests():
        signup = Signup(book_id=book, customer_id=customer, seats=seats)
        try:
            with transaction.atomic():
                signup.save()
        except IntegrityError:
            yield customer, seats, "refused"
        else:
            yield customer, seats, "signed up"
