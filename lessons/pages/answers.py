"""How a view of a lesson's page answers: with the page, the part of it that is swapped, or why there is none."""

from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url, reselect, reswap, retarget

from lab.exceptions import Busy, EngineUnavailable, LabError, ShelfDamaged
from lessons.course import prose
from lessons.course.catalog import get_catalog
from lessons.course.contract import LessonError
from lessons.pages.addresses import Addresses
from lessons.pages.asked import NotOffered, find
from lessons.pages.differing import differences_of
from lessons.pages.offered import refusal


def lesson_view(view):
    """A view of a lesson: view(request, lesson, **kwargs) returns the LessonPage to answer with."""

    @wraps(view)
    @require_safe
    @vary_on_headers("HX-Request")
    def wrapped(request, track, slug, **kwargs):
        path = f"{track}/{slug}"
        if moved := get_catalog().moved(path):
            address = request.get_full_path().replace(f"/{path}/", f"/{moved.path}/", 1)
            return redirect(address, permanent=True)
        try:
            lesson = find(get_catalog().lesson, path)
            if reason := refusal(lesson, request.resolver_match.url_name):
                raise NotOffered(reason)
            return _answer(request, view(request, lesson, **kwargs))
        except NotOffered as error:
            return sorry(request, error, 404)
        except Busy as error:
            return sorry(request, error, 503, retry_after=error.retry_after)
        except ShelfDamaged as error:  # SQLite's: the same page on SQLite is this one
            return sorry(request, error, 503)
        except EngineUnavailable as error:
            return sorry(request, error, 503, elsewhere=_without_engine(request))
        except (LabError, LessonError) as error:
            return sorry(request, error, 503)

    return wrapped


def sorry(request, error, status, *, retry_after=None, elsewhere=None):
    """Answer with a page that says what cannot be shown, and why; for htmx with that alone: the page stays."""
    context = {"message": str(error), "elsewhere": elsewhere, "retry_after": retry_after}
    swaps = request.htmx and not request.htmx.history_restore_request
    if swaps and request.htmx.target == "gain":
        return HttpResponse(status=204)  # its link stays where it is
    response = render(request, "lessons/_refused.html" if swaps else "lessons/sorry.html", context, status=status)
    if swaps:
        retarget(reselect(reswap(push_url(response, False), "innerHTML"), ".refusal"), "#refused")
    if retry_after is not None:
        response["Retry-After"] = retry_after
    return response


def _without_engine(request):
    query = request.GET.copy()
    for of_the_engine in ("engine", "isolation"):
        query.pop(of_the_engine, None)
    return f"{request.path}?{query.urlencode()}"


def _answer(request, page):
    """Render the whole page, or for htmx the part that it swaps."""
    swaps = request.htmx and not request.htmx.history_restore_request
    lesson = page.lesson
    question, rest = prose.split(lesson)
    catalog = get_catalog()
    track, (before, after) = catalog.track(lesson.track), catalog.neighbours(lesson)
    context = {
        "page": page,
        "lesson": lesson,
        "track": track,
        "position": track.lessons.index(lesson) + 1,
        "related": catalog.related(lesson),
        "question_prose": question,
        "rest_of_prose": rest,
        "differing": differences_of(lesson),
        "claims_url": Addresses(lesson).claims(page.shelf),
        "previous": before,
        "next": after,
    }
    return render(request, "lessons/part.html" if swaps else "lessons/page.html", context)
