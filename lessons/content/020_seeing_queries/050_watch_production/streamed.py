from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse

from library.models import Review


class QueryCount:
    """Middleware: says how many queries a request has run when its response is made."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        statements = []

        def note(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response["X-Queries"] = len(statements)
        return response


def complaints(request):
    reviews = Review.objects.filter(rating=1).order_by("pk").iterator()
    return StreamingHttpResponse(f"{each.book.title}, {each.customer.name}\n" for each in reviews)


def run():
    response = QueryCount(complaints)(HttpRequest())
    yield "counted by the middleware", response["X-Queries"]
    yield "lines sent afterwards", sum(1 for _ in response)
