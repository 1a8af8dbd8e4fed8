import logging
from time import monotonic

from django.http import HttpRequest
from views import catalogue, complaints, countries

logger = logging.getLogger("time_alarm")


class TimeAlarm:
    """Middleware: warns of a request that takes more than `most` seconds."""

    most = 5

    def __init__(self, get_response, warn=logger.warning):
        self.get_response = get_response
        self.warn = warn

    def __call__(self, request):
        began = monotonic()
        response = self.get_response(request)
        if (took := monotonic() - began) > self.most:
            self.warn(f"{request.path}: {took:.1f} seconds")
        return response


def run():
    """Each page, and what the alarm says of it."""
    for view in (complaints, catalogue, countries):
        warnings, request = [], HttpRequest()
        request.path = f"/{view.__name__}/"
        TimeAlarm(view, warn=warnings.append)(request)
        yield request.path, *(warnings or ["no warning"])
