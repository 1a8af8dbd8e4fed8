from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from lab.exceptions import Busy, LabError
from lessons import prose
from lessons.catalog import get_catalog
from lessons.contract import LessonError
from lessons.pages.comparison import make_comparison
from lessons.pages.curve import latency_from, make_curve
from lessons.pages.lab import make_lab
from lessons.pages.outline import outline, outline_track
from lessons.pages.question import make_question
from lessons.pages.switches import NotOffered, lesson_url, shelf_from
from lessons.verdicts import judge


def lesson_view(view):
    """Look up the lesson, and answer in words where what is asked for cannot be shown."""

    @wraps(view)
    @require_safe
    @vary_on_headers("HX-Request")
    def wrapped(request, track, slug, **kwargs):
        try:
            return view(request, _find(get_catalog().lesson, f"{track}/{slug}"), **kwargs)
        except NotOffered as error:
            return _sorry(request, error, 404)
        except Busy as error:
            return _sorry(request, error, 503, retry_after=error.retry_after)
        except (LabError, LessonError) as error:
            return _sorry(request, error, 503)

    return wrapped


def _find(look_up, name):
    try:
        return look_up(name)
    except KeyError:
        raise Http404(f"There is no {name} in this course.") from None


def _sorry(request, error, status, retry_after=None):
    response = render(request, "lessons/sorry.html", {"message": str(error)}, status=status)
    if retry_after is not None:
        response["Retry-After"] = retry_after
    return response


@require_safe
def home(request):
    return render(request, "lessons/home.html", {"tracks": outline(get_catalog())})


@require_safe
def track(request, track):
    return render(request, "lessons/track.html", {"part": outline_track(_find(get_catalog().track, track))})


@lesson_view
def lesson(request, lesson):
    return _page(request, lesson, "question", make_question(lesson, request.GET.get("guess", "")))


@lesson_view
def variant(request, lesson, name):
    lab = make_lab(lesson, _find(lesson.variant, name), shelf_from(request), measure="measure" in request.GET)
    return _page(request, lesson, "lab", lab)


@lesson_view
def compare(request, lesson):
    comparison = make_comparison(lesson, shelf_from(request), *_pair_from(request, lesson))
    return _page(request, lesson, "compare", comparison)


@lesson_view
def curve(request, lesson):
    shown = make_curve(
        lesson,
        shelf_from(request),
        *_pair_from(request, lesson),
        latency=latency_from(request),
        again="measure" in request.GET,
    )
    return _page(request, lesson, "curve", shown)


def _pair_from(request, lesson):
    return [_find(lesson.variant, request.GET.get(*side)) for side in (("left", "naive"), ("right", "optimized"))]


@lesson_view
def claims(request, lesson):
    shelf = shelf_from(request)
    return _page(request, lesson, "claims", {"verdicts": judge(lesson, shelf), "shelf": shelf})


def _page(request, lesson, kind, shown):
    """Render the whole page, or for htmx the part that it swaps."""
    part = request.htmx and not request.htmx.history_restore_request
    question, rest = prose.split(lesson)
    before, after = get_catalog().neighbours(lesson)
    context = {
        "lesson": lesson,
        "track": get_catalog().track(lesson.track),
        kind: shown,
        "question_prose": question,
        "rest_of_prose": rest,
        "claims_url": lesson_url(lesson, "claims"),
        "previous": before,
        "next": after,
    }
    return render(request, f"lessons/_{kind}.html" if part else f"lessons/{kind}.html", context)
