"""The pages about the whole course."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from lab.engines import all_engines
from lessons.course.catalog import get_catalog
from lessons.pages.answers import sorry
from lessons.pages.asked import NotOffered, find
from lessons.pages.differing import list_differences
from lessons.pages.overviews.claims import make_claims_index, tally
from lessons.pages.overviews.names import list_names
from lessons.pages.overviews.outline import outline, outline_track
from lessons.pages.overviews.status import make_status
from lessons.pages.overviews.summary import make_summary


@require_safe
def home(request):
    return render(
        request, "lessons/overviews/home.html", {"tracks": outline(get_catalog()), "claims": tally(get_catalog())}
    )


@require_safe
def track(request, track):
    return render(
        request, "lessons/overviews/track.html", {"part": outline_track(find(get_catalog().track, track))}
    )


@require_safe
def status(request):
    return render(
        request, "lessons/overviews/status.html", {"engines": [make_status(engine) for engine in all_engines()]}
    )


@require_safe
def summary(request):
    return render(request, "lessons/overviews/summary.html", {"summary": make_summary(get_catalog())})


@require_safe
def names(request):
    return render(request, "lessons/overviews/names.html", {"names": list_names(get_catalog())})


@require_safe
def differences(request):
    return render(request, "lessons/overviews/differences.html", {"lessons": list_differences(get_catalog())})


@require_safe
def claims_index(request):
    chosen = {name: request.GET.get(name, "") for name in ("verdict", "track")}
    try:
        index = make_claims_index(get_catalog(), **chosen)
    except NotOffered as error:
        return sorry(request, error, 404)
    return render(request, "lessons/overviews/claims.html", {"index": index})
