"""The pages about the whole course."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lab.engines import all_engines
from lessons.course.catalog import get_catalog
from lessons.pages.answers import sorry
from lessons.pages.asked import NotOffered, find
from lessons.pages.kept import kept
from lessons.pages.overviews.claims import make_claims_index
from lessons.pages.overviews.differences import list_differences
from lessons.pages.overviews.glossary import list_terms
from lessons.pages.overviews.health import list_faults
from lessons.pages.overviews.home import make_home
from lessons.pages.overviews.models import SHELVES, diagram, list_models
from lessons.pages.overviews.names import list_names
from lessons.pages.overviews.search import make_search
from lessons.pages.overviews.status import make_status
from lessons.pages.overviews.summary import make_summary
from lessons.pages.overviews.symptoms import list_paths
from lessons.pages.overviews.track import outline_track
from lessons.search.index import get_index


@kept
def home(request):
    return _answer(request, "home", home=make_home(get_catalog()))


@kept
def track(request, track):
    return _answer(request, "track", part=outline_track(find(get_catalog().track, track)))


@require_safe
def status(request):
    return _answer(request, "status", engines=[make_status(engine) for engine in all_engines()])


@require_safe
def healthz(request):
    faults = list_faults()
    return HttpResponse("\n".join(faults) or "ok", status=503 if faults else 200, content_type="text/plain")


@partial(kept, by=("track",))
def summary(request):
    try:
        return _answer(request, "summary", summary=make_summary(get_catalog(), track=request.GET.get("track", "")))
    except NotOffered as error:
        return sorry(request, error, 404)


@kept
def names(request):
    return _answer(request, "names", names=list_names(get_catalog()))


@kept
def symptoms(request):
    return _answer(request, "symptoms", paths=list_paths(get_catalog()))


@kept
def glossary(request):
    return _answer(request, "glossary", letters=list_terms(get_catalog()))


@kept
def models(request):
    return _answer(request, "models", models=list_models(), shelves=SHELVES, diagram=diagram())


@kept
def differences(request):
    return _answer(request, "differences", lessons=list_differences(get_catalog()))


@require_safe
def search(request):
    return _answer(request, "search", search=make_search(get_catalog(), request.GET.get("q", "")))


@kept
def search_index(request):
    """What frontend/ranking.js searches."""
    return HttpResponse(get_index(get_catalog()).json, content_type="application/json")


@partial(kept, by=("verdict", "track"))
def claims_index(request):
    chosen = {name: request.GET.get(name, "") for name in ("verdict", "track")}
    try:
        return _answer(request, "claims", index=make_claims_index(get_catalog(), **chosen))
    except NotOffered as error:
        return sorry(request, error, 404)


def _answer(request, page, **context):
    """Render a page, whose template is named as its module is."""
    return render(request, f"lessons/overviews/{page}.html", context)
