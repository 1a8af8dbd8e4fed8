"""The pages that are a reader's own. What is kept is in the browser: the server never sees it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from lab.engines import all_engines, get_engine
from lessons.course.catalog import get_catalog
from lessons.pages.kept import kept
from lessons.pages.reader.sets import LONGEST_TITLE, read_set, sizes_of


@kept
def progress(request):
    return render(request, "lessons/reader/progress.html", {"tracks": get_catalog().tracks})


@require_safe
def lesson_set(request):
    """A set as a course; without lessons, the form that makes one."""
    chosen = read_set(get_catalog(), request.GET)
    context = {
        "set": chosen,
        "link": request.build_absolute_uri(chosen.url),
        "tracks": get_catalog().tracks,
        "engines": all_engines(),
        "sizes": sizes_of(get_engine()),
        "longest_title": LONGEST_TITLE,
    }
    return render(request, "lessons/reader/set.html", context, status=400 if chosen.faults else 200)
