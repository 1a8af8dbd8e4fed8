from django.core.exceptions import ValidationError
from inbox import requests
from setup import Signup


def run():
    for book, customer, seats in requests():
        signup = Signup(book_id=book, customer_id=customer, seats=seats)
        try:
            signup.full_clean()
        except ValidationError:
            yield customer, seats, "refused"
        else:
            signup.save()
            yield customer, seats, "signed up"
