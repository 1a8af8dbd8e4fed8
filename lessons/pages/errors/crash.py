"""The page of last resort. It needs no database, no catalog and none of what templates usually have: one of
them may be why it is needed.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.templatetags.static import static

from lessons import events

_PAGE = Engine(dirs=[settings.BASE_DIR / "templates"]).get_template("500.html")
_FILES = {
    "icon": "icon.svg",
    "tokens": "css/tokens.css",
    "base": "css/base.css",
    "header": "css/header.css",
    "claims": "css/claims.css",
    "theme": "js/theme.js",
}
# For htmx: put what is told above the page, which stays.
_HTMX = {
    "HX-Retarget": "#refused",
    "HX-Reselect": ".refusal",
    "HX-Reswap": "innerHTML",
    "HX-Push-Url": "false",
}


def server_error(request: HttpRequest) -> HttpResponse:
    events.count("error")  # Django logs it, with its trace
    context = {
        "request_id": request.META.get("queryshelf.request_id"),
        "address": request.get_full_path(),
        "time": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
        "files": _addresses(),
    }
    headers = {"Cache-Control": "no-store", **(_HTMX if "HX-Request" in request.headers else {})}
    return HttpResponse(_PAGE.render(Context(context)), status=500, headers=headers)


def _addresses() -> dict[str, str]:
    """Of the files that the page is drawn with; none where they were not collected."""
    try:
        return {name: static(path) for name, path in _FILES.items()}
    except Exception:  # whatever it is, the page is read without them
        return {}
