from inbox import requests
from setup import UncheckedSignup


def run():
    for book, customer, seats in requests():
        signup = UncheckedSignup(book_id=book, customer_id=customer, seats=seats)
        if not 1 <= seats <= 4 or UncheckedSignup.objects.filter(book=book, customer=customer).exists():
            yield customer, seats, "refused"
        else:
            signup.save()
            yield customer, seats, "signed up"
