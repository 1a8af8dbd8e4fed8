"""How a page is refused: with one that says why and what to do, or for htmx with that alone: the page stays."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import push_url, reselect, reswap, retarget

from lessons import events
from lessons.pages.errors.faults import WrongValue, address_of, corrected

MENDED = 60  # seconds after which to look whether somebody has mended it
_TICKET = "ticket"  # in the address by which a page that found no place is asked for again
_HEADINGS = {
    400: "This address has a mistake.",
    403: "This was not accepted.",
    404: "There is no such page.",
    405: "This page can only be read.",
    503: "That cannot be shown.",
}
_TITLES = {400: "A mistake", 403: "Not accepted", 404: "Not found", 405: "Only to read", 503: "Not now"}


def sorry(
    request: HttpRequest,
    reason: object,
    status: int,
    *,
    template: str = "lessons/sorry.html",
    retry_after: int | None = None,
    **context: Any,
) -> HttpResponse:
    """reason: a sentence, or an error whose message is one. retry_after: seconds"""
    htmx: Any = getattr(request, "htmx", None)  # what goes wrong before its middleware has none
    swaps = htmx and not htmx.history_restore_request
    if swaps and htmx.target == "gain":
        return HttpResponse(status=204)  # its link stays where it is
    told = {
        "heading": _HEADINGS[status],
        "tab": _TITLES[status],
        "message": str(reason),
        "retry_after": retry_after,
        "status": status,
        "again": request.get_full_path(),
    }
    response = render(request, "lessons/_refused.html" if swaps else template, {**told, **context}, status=status)
    if swaps:
        retarget(reselect(reswap(push_url(response, False), "innerHTML"), ".refusal"), "#refused")
    if retry_after is not None:
        response["Retry-After"] = retry_after
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def wrong_value(request: HttpRequest, fault: WrongValue) -> HttpResponse:
    """What is wrong in the address's query, and the nearest address."""
    nearest = fault.nearest or address_of(corrected(request, fault))
    return sorry(request, fault, 400, template="400.html", nearest=nearest)


def unavailable(request: HttpRequest, error: Exception, *, elsewhere: str | None = None) -> HttpResponse:
    """What cannot be had now, and when to try again. elsewhere: the address of the same page on SQLite"""
    again, ticket = request.get_full_path(), getattr(error, "ticket", "")
    if ticket:
        again += f"{'&' if request.GET else '?'}{_TICKET}={ticket}"
    seconds = getattr(error, "retry_after", MENDED)
    response = sorry(request, error, 503, retry_after=seconds, elsewhere=elsewhere, again=again)
    events.refused(request, response, error, why=str(error))
    return response


def take_ticket(request: HttpRequest) -> str:
    """Take it out of the address, which a page and its links repeat, and return it: "" where there is none."""
    query = request.GET.copy()
    if (ticket := query.pop(_TICKET, [""])[-1]) or _TICKET in request.GET:
        request.GET = query  # type: ignore[assignment]  # as Django's own is
        request.META["QUERY_STRING"] = query.urlencode()
    return str(ticket)
