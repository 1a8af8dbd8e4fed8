"""Each request has an id, by which lines of the log, an answer and what a reader reports belong together."""

import re
from contextvars import ContextVar
from uuid import uuid4

from django.utils.encoding import escape_uri_path

REQUEST_ID = "queryshelf.request_id"  # in the environ, for gunicorn's access log and the page of an error
PATH = "queryshelf.path"  # without the query, which may hold a guess, and quoted
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)

current: ContextVar[str] = ContextVar("request_id", default="")


def identified(get_response):
    """Middleware. A proxy may have given the request an id; what is no such thing is not repeated anywhere."""

    def answer(request):
        given = request.headers.get("X-Request-ID", "")
        identity = given if _WELL_FORMED.fullmatch(given) else uuid4().hex
        request.META |= {REQUEST_ID: identity, PATH: escape_uri_path(request.path)}
        token = current.set(identity)
        try:
            response = get_response(request)
        finally:
            current.reset(token)
        response["X-Request-ID"] = identity
        return response

    return answer
