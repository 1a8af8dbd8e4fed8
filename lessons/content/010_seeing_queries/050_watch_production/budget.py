from django.db import connection

from library.models import Review


class OverBudget(Exception):
    pass


class Budget:
    def __init__(self, most):
        self.left = most

    def __call__(self, execute, sql, params, many, context):
        if self.left == 0:
            raise OverBudget(f"one query too many: {sql[:40]}…")
        self.left -= 1
        return execute(sql, params, many, context)


def run():
    with connection.execute_wrapper(Budget(8)):
        reviews = Review.objects.filter(rating=1).order_by("pk")
        return [(each.book.title, each.customer.name, each.customer.country.name) for each in reviews]
