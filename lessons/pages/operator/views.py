"""What machines ask of the site. Each address answers without its last slash too: no probe follows a redirect."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from lessons.pages.errors.sorry import MENDED
from lessons.pages.operator.ready import check_all

_TYPES = ["text/plain", "application/json"]


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks no database and no file."""
    return _answer(request, {"ok": True}, faults=())


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    checks = check_all()
    faults = tuple(fault for found in checks.values() for fault in found)
    return _answer(request, {"ready": not faults, "checks": checks}, faults=faults)


def _answer(request: HttpRequest, said: dict[str, object], *, faults: tuple[str, ...]) -> HttpResponse:
    wants_json = request.GET.get("format") == "json" or request.get_preferred_type(_TYPES) == _TYPES[1]
    response: HttpResponse
    if wants_json:
        response = JsonResponse(said)
    else:
        response = HttpResponse("\n".join(faults) or "ok", content_type="text/plain; charset=utf-8")
    if faults:
        response.status_code = 503
        response["Retry-After"] = str(MENDED)
        response._has_been_logged = True  # type: ignore[attr-defined]  # asked every few seconds
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept"])
    return response
