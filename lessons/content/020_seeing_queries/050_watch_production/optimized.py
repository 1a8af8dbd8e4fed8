import logging

from django.db import connection
from django.http import HttpRequest
from views import catalogue, complaints, countries

logger = logging.getLogger("query_alarm")


class QueryAlarm:
    """Middleware: warns of a request that runs more than `most` queries."""

    most = 8

    def __init__(self, get_response, warn=logger.warning):
        self.get_response = get_response
        self.warn = warn

    def __call__(self, request):
        statements = []

        def note(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        if len(statements) > self.most:
            repeats = len(statements) - len(set(statements))
            self.warn(f"{request.path}: {len(statements)} queries, {repeats} of them repeats")
        return response


def run():
    """Each page, and what the alarm says of it."""
    for view in (complaints, catalogue, countries):
        warnings, request = [], HttpRequest()
        request.path = f"/{view.__name__}/"
        QueryAlarm(view, warn=warnings.append)(request)
        yield request.path, *(warnings or ["no warning"])
