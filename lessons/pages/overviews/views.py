"""The pages about the whole course."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from lab.engines import all_engines
from lessons.course.catalog import get_catalog
from lessons.pages.overviews.claims import make_claims_index, tally
from lessons.pages.overviews.differences import list_differences
from lessons.pages.overviews.names import list_names
from lessons.pages.overviews.outline import outline, outline_track
from lessons.pages.overviews.status import make_status
from lessons.pages.overviews.summary import make_summary
from lessons.pages.switches import NotOffered
from lessons.pages.views import find, sorry


@require_safe
def home(request):
    return render(request, "lessons/home.html", {"tracks": outline(get_catalog()), "claims": tally(get_catalog())})


@require_safe
def track(request, track):
    return render(request, "lessons/track.html", {"part": outline_track(find(get_catalog().track, track))})


@require_safe
def status(request):
    return render(request, "lessons/status.html", {"engines": [make_status(engine) for engine in all_engines()]})


@require_safe
def summary(request):
    return render(request, "lessons/summary.html", {"summary": make_summary(get_catalog())})


@require_safe
def names(request):
    return render(request, "lessons/names.html", {"names": list_names(get_catalog())})


@require_safe
def differences(request):
    return render(request, "lessons/differences.html", {"lessons": list_differences(get_catalog())})


@require_safe
def claims_index(request):
    chosen = {name: request.GET.get(name, "") for name in ("verdict", "track")}
    try:
        index = make_claims_index(get_catalog(), **chosen)
    except NotOffered as error:
        return sorry(request, error, 404)
    return render(request, "lessons/claims_index.html", {"index": index})
