"""The pages about the whole course."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lab.engines import all_engines
from lessons.course.catalog import get_catalog
from lessons.pages.answers import sorry
from lessons.pages.asked import NotOffered, find
from lessons.pages.overviews.claims import make_claims_index
from lessons.pages.overviews.differences import list_differences
from lessons.pages.overviews.health import list_faults
from lessons.pages.overviews.home import make_home
from lessons.pages.overviews.names import list_names
from lessons.pages.overviews.status import make_status
from lessons.pages.overviews.summary import make_summary
from lessons.pages.overviews.track import outline_track


@require_safe
def home(request):
    return _answer(request, "home", home=make_home(get_catalog()))


@require_safe
def track(request, track):
    return _answer(request, "track", part=outline_track(find(get_catalog().track, track)))


@require_safe
def status(request):
    return _answer(request, "status", engines=[make_status(engine) for engine in all_engines()])


@require_safe
def healthz(request):
    faults = list_faults()
    return HttpResponse("\n".join(faults) or "ok", status=503 if faults else 200, content_type="text/plain")


@require_safe
def summary(request):
    return _answer(request, "summary", summary=make_summary(get_catalog()))


@require_safe
def names(request):
    return _answer(request, "names", names=list_names(get_catalog()))


@require_safe
def differences(request):
    return _answer(request, "differences", lessons=list_differences(get_catalog()))


@require_safe
def claims_index(request):
    chosen = {name: request.GET.get(name, "") for name in ("verdict", "track")}
    try:
        return _answer(request, "claims", index=make_claims_index(get_catalog(), **chosen))
    except NotOffered as error:
        return sorry(request, error, 404)


def _answer(request, page, **context):
    """Render a page, whose template is named as its module is."""
    return render(request, f"lessons/overviews/{page}.html", context)
