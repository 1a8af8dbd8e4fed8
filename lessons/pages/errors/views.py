"""The views that answer where no other does. config/urls.py and the settings name them."""

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from lessons.course.catalog import get_catalog
from lessons.pages.errors.faults import NotOffered, shown
from lessons.pages.errors.nearest import lesson_at, nearest_pages, pages_of, words_of
from lessons.pages.errors.sorry import sorry

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(settings.STATIC_URL):
        return HttpResponseNotFound("There is no such file.\n", content_type="text/plain")
    catalog, path = get_catalog(), request.path_info
    lesson = lesson_at(catalog, path)
    return sorry(
        request,
        exception if isinstance(exception, NotOffered) else f"Nothing is at “{shown(path)}”.",
        404,
        template="404.html",
        nearest=getattr(exception, "nearest", ""),
        words=words_of(path),
        lesson=lesson,
        pages=pages_of(lesson) if lesson else (),
        near=[each for each in nearest_pages(catalog, path) if not lesson or lesson.slug not in each.url],
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = "The server cannot read it."
    if isinstance(exception, DisallowedHost):
        reason = "This site does not answer to the name that it was asked by."
    if isinstance(exception, _TOO_LARGE):
        reason = "It is larger than what this site takes."
    return sorry(request, reason, 400, heading="This request has a mistake.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return sorry(request, "This page is not for everybody. Log in as somebody who may see it.", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """As CSRF_FAILURE_VIEW. Django's log has the reason."""
    told = "A form has to be sent from this site’s own page. Go back, load that page again, and send it anew."
    return sorry(request, told, 403)


def method_not_allowed(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """refused: Django's answer, which is empty"""
    allowed = refused["Allow"]
    reason = f"It was sent a {shown(request.method or '')} request, and takes {allowed}. Open it as a link."
    response = sorry(request, reason, 405, here=request.path)
    response["Allow"] = allowed
    return response
