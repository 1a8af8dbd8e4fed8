"""The pages about the whole course."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lessons.course.catalog import get_catalog
from lessons.pages.asked import of_course
from lessons.pages.errors.faults import read_address
from lessons.pages.kept import PASSING, kept
from lessons.pages.offered import PAGES
from lessons.pages.operator.running import make_running
from lessons.pages.overviews.claims import make_claims_index
from lessons.pages.overviews.differences import list_differences
from lessons.pages.overviews.glossary import list_terms
from lessons.pages.overviews.home import make_home
from lessons.pages.overviews.models import SHELVES, diagram, list_models
from lessons.pages.overviews.names import list_names
from lessons.pages.overviews.plan_steps import list_plan_steps
from lessons.pages.overviews.search import make_search
from lessons.pages.overviews.status import list_statuses
from lessons.pages.overviews.summary import make_summary
from lessons.pages.overviews.symptoms import list_paths
from lessons.pages.overviews.track import outline_track
from lessons.search.index import get_index


@kept
def _home(request):
    home = make_home(get_catalog())
    response = _answer(request, "home", home=home)
    if home.demonstration and not home.demonstration.run_at:
        response[PASSING] = "yes"  # others had every place: the next reader may see it run
    return response


def home(request):
    """A teacher may give the site's address with a set: it has a page of its own."""
    if "set" in request.GET:
        return redirect(f"{reverse('set')}?{request.GET.urlencode()}")
    return _home(request)


@kept
def track(request, track):
    return _answer(request, "track", part=outline_track(of_course("track", track)))


@require_safe
def status(request):
    return _answer(request, "status", engines=list_statuses(), running=make_running())


@partial(kept, by=("track",))
def summary(request):
    def read(request):
        return make_summary(get_catalog(), track=request.GET.get("track", ""))

    return _answer(request, "summary", summary=read_address(request, read))


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
def plan_steps(request):
    return _answer(request, "plan_steps", engines=list_plan_steps(get_catalog()))


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


@kept
def robots(request):
    """Crawlers would run the whole course on every engine, on every shelf.

    No pattern says it in a line: old parsers, as Python's own, take a `*` for itself.
    """
    lessons = [
        (each, [*(variant.name for variant in each.variants), *PAGES, "claims", "gain"])
        for each in get_catalog().lessons
    ]
    return render(request, "robots.txt", {"lessons": lessons}, content_type="text/plain")


@partial(kept, by=("verdict", "track"))
def claims_index(request):
    def read(request):
        chosen = {name: request.GET.get(name, "") for name in ("verdict", "track")}
        return make_claims_index(get_catalog(), **chosen)

    return _answer(request, "claims", index=read_address(request, read))


def _answer(request, page, **context):
    """Render a page, whose template is named as its module is."""
    return render(request, f"lessons/overviews/{page}.html", context)
