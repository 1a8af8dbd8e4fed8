import json
import logging

from django.db import connection
from django.http import HttpRequest, JsonResponse

from library.models import Review

logger = logging.getLogger("query_alarm")


class QueryAlarm:
    """Middleware: warns of a request that runs more than `most` queries."""

    most = 8

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        statements = []

        def note(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        if len(statements) > self.most:
            repeats = len(statements) - len(set(statements))
            logger.warning("%s: %s queries, %s of them repeats", request.path, len(statements), repeats)
        return response


def complaints(request):
    reviews = Review.objects.filter(rating=1).order_by("pk")
    rows = [(each.book.title, each.customer.name, each.customer.country.name) for each in reviews]
    return JsonResponse(rows, safe=False)


def run():
    request = HttpRequest()
    request.path = "/complaints/"
    response = QueryAlarm(complaints)(request)
    return [tuple(row) for row in json.loads(response.content)]
