from django.db import connection
from django.http import HttpRequest
from views import complaints


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
        return [complaints(HttpRequest())]
