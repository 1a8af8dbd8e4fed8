"""Pages that do not change while the site runs: made once per process, and then sent as a file would be."""

from collections.abc import Callable
from functools import wraps
from gzip import compress
from hashlib import sha256
from threading import Lock
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from lessons.course.catalog import get_catalog

PASSING = "X-Passing"  # header by which a view says of a page that it is to be made anew next time


class Kept:
    """Bodies of pages by address, each also compressed, with its ETag. They are of one catalog."""

    def __init__(self) -> None:
        self._bodies: dict[str, tuple[bytes, bytes, str, str]] = {}
        self._catalog: object = None
        self._lock = Lock()

    def get(self, address: str, make: Callable[[], HttpResponse]) -> HttpResponse | tuple[bytes, bytes, str, str]:
        """Return (body, compressed, ETag, content type), or what `make()` returns: no 200, or PASSING."""
        catalog = get_catalog()
        with self._lock:
            if catalog is not self._catalog:
                self._bodies, self._catalog = {}, catalog
            bodies = self._bodies
        if (found := bodies.get(address)) is None:
            response = make()
            if response.status_code != 200 or response.headers.pop(PASSING, None):
                return response
            body = response.content
            etag = f'"{sha256(body).hexdigest()[:20]}"'
            found = bodies[address] = (body, compress(body, mtime=0), etag, response["Content-Type"])
        return found

    def forget(self) -> None:
        self._catalog = None


pages = Kept()


def fragment_key(key: str, key_prefix: str, version: int) -> str:
    """The KEY_FUNCTION of what `{% cache None name … using="fragments" %}` keeps: parts of the pages that change.

    They depend on what the template names behind `name` alone, such as the catalog's number and the lesson's path:
    never on a request, nor on a run. Their addresses begin with the site's prefix.
    """
    return f"{get_script_prefix()}:{key}"


def forget() -> None:
    pages.forget()
    caches["fragments"].clear()


def kept(view: Callable[..., HttpResponse], *, by: tuple[str, ...] = ()) -> Callable[..., HttpResponse]:
    """A view of a page that depends on its path and on the catalog alone.

    by: what of the query it depends on too. Whatever else an address says makes no page more to keep; and what the
    view refuses is not kept.
    """

    @wraps(view)
    @require_safe
    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        # Its links begin with what a server says that the site's paths begin with: the rest may be another page's.
        address = repr((request.path, request.path_info, *(request.GET.get(name, "") for name in by)))
        found = pages.get(address, lambda: view(request, **kwargs))
        if isinstance(found, HttpResponse):
            return found
        body, compressed, etag, content_type = found
        # A compressed body stays as it is: GZipMiddleware would do it again for each request.
        takes_gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        response = HttpResponse(compressed if takes_gzip else body, content_type=content_type)
        if takes_gzip:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding"])
        response["ETag"] = f"W/{etag}"
        response["Cache-Control"] = "no-cache"  # ask each time: the answer may be that nothing has changed
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    return wrapped
