import logging
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from lab.exceptions import LabError
from lessons import events
from lessons.course.changes import has_changed
from lessons.course.contract import LessonError
from lessons.pages.errors.faults import WrongValue
from lessons.pages.errors.machine import machine_fault
from lessons.pages.errors.sorry import MENDED, sorry, unavailable, wrong_value
from lessons.pages.errors.views import method_not_allowed, not_found

_CHANGED = (
    "The files of the course have changed since this site began to serve it, and this page needs what is not there"
    " any more. Whoever runs this site has to start it anew."
)


class InWords:
    """Answers in words what the site's own views raise or refuse. The last middleware, and so nearest to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = _where_nothing_is(request) or self.get_response(request)
        if response.status_code == 405 and not response.content:
            response = method_not_allowed(request, response)
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.resolver_match is None or request.resolver_match.app_name:  # the admin's, Silk's, the toolbar's
            return None
        if isinstance(exception, WrongValue):
            return wrong_value(request, exception)
        if isinstance(exception, Http404):
            return not_found(request, exception)
        if isinstance(exception, (LabError, LessonError)):
            return unavailable(request, exception)
        if told := machine_fault(exception) or _told_of_course():
            response = sorry(request, told, 503, retry_after=MENDED)
            events.refused(request, response, exception, why=told, level=logging.ERROR)
            return response
        return None


def _told_of_course() -> str | None:
    """Why a page may fail whose lesson's files are no more those that the site knows."""
    return None if settings.DEBUG or not has_changed() else _CHANGED


def _where_nothing_is(request: HttpRequest) -> HttpResponse | None:
    """With DEBUG Django would answer a reader with a list of patterns; otherwise it asks handler404."""
    if settings.DEBUG:
        try:
            resolve(request.path_info)
        except Resolver404 as error:
            return not_found(request, error)
    return None
