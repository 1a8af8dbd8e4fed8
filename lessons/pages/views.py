"""The pages of a lesson."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from lab.exceptions import Busy, EngineUnavailable, LabError
from lessons.course import prose
from lessons.course.catalog import get_catalog
from lessons.course.contract import LessonError
from lessons.pages.measured.curve import latency_from, make_curve
from lessons.pages.measured.spans import make_spans_page
from lessons.pages.measured.staircase import make_staircase
from lessons.pages.offered import refusal
from lessons.pages.overviews.differences import differences_of
from lessons.pages.races.address import address_from
from lessons.pages.races.compare import make_race_comparison
from lessons.pages.races.matrix import make_matrix
from lessons.pages.races.orders import make_orders
from lessons.pages.races.question import make_race_question
from lessons.pages.races.race import make_race
from lessons.pages.runs.compare import make_comparison
from lessons.pages.runs.engines import make_engines
from lessons.pages.runs.lab import make_lab
from lessons.pages.runs.plan import make_plan_page
from lessons.pages.runs.question import make_question
from lessons.pages.switches import NotOffered, claims_url, engine_from, shelf_from
from lessons.runs.verdicts import judge


def lesson_view(view):
    """Look up the lesson, and answer in words where what is asked for cannot be shown."""

    @wraps(view)
    @require_safe
    @vary_on_headers("HX-Request")
    def wrapped(request, track, slug, **kwargs):
        try:
            lesson = find(get_catalog().lesson, f"{track}/{slug}")
            if reason := refusal(lesson, request.resolver_match.url_name):
                raise NotOffered(reason)
            return view(request, lesson, **kwargs)
        except NotOffered as error:
            return sorry(request, error, 404)
        except Busy as error:
            return sorry(request, error, 503, retry_after=error.retry_after)
        except EngineUnavailable as error:
            return sorry(request, error, 503, elsewhere=_without_engine(request))
        except (LabError, LessonError) as error:
            return sorry(request, error, 503)

    return wrapped


def find(look_up, name):
    """Return `look_up(name)`. Raises Http404, in words, where there is none."""
    try:
        return look_up(name)
    except KeyError:
        raise Http404(f"There is no {name} in this course.") from None


def sorry(request, error, status, *, retry_after=None, elsewhere=None):
    """Answer with a page that says what cannot be shown, and why."""
    context = {"message": str(error), "elsewhere": elsewhere}
    response = render(request, "lessons/sorry.html", context, status=status)
    if retry_after is not None:
        response["Retry-After"] = retry_after
    return response


def _without_engine(request):
    query = request.GET.copy()
    for of_the_engine in ("engine", "isolation"):
        query.pop(of_the_engine, None)
    return f"{request.path}?{query.urlencode()}"


@lesson_view
def lesson(request, lesson):
    if lesson.has_races:
        return _page(request, lesson, "race_question", make_race_question(lesson, request.GET.get("guess", "")))
    return _page(request, lesson, "question", make_question(lesson, request.GET.get("guess", "")))


@lesson_view
def variant(request, lesson, name):
    if lesson.has_races:
        shown = make_race(lesson, find(lesson.variant, name), address_from(request, lesson))
        return _page(request, lesson, "race", shown, shown.shelf)
    measure = "measure" in request.GET
    lab = make_lab(
        lesson, find(lesson.variant, name), shelf_from(request, lesson), measure=measure, trace=lesson.trace
    )
    return _page(request, lesson, "lab", lab, lab.shelf)


@lesson_view
def orders(request, lesson, name):
    variant, again = find(lesson.variant, name), "measure" in request.GET
    shown = make_orders(lesson, variant, address_from(request, lesson), again=again)
    return _page(request, lesson, "orders", shown, shown.shelf)


@lesson_view
def compare(request, lesson):
    pair = _pair_from(request, lesson)
    if lesson.has_races:
        shown = make_race_comparison(lesson, *pair, address_from(request, lesson))
        return _page(request, lesson, "race_compare", shown, shown.shelf)
    comparison = make_comparison(lesson, shelf_from(request, lesson), *pair, measure="measure" in request.GET)
    return _page(request, lesson, "compare", comparison, comparison.shelf)


@lesson_view
def curve(request, lesson):
    shown = make_curve(
        lesson,
        shelf_from(request, lesson),
        *_pair_from(request, lesson),
        latency=latency_from(request),
        again="measure" in request.GET,
    )
    return _page(request, lesson, "curve", shown, shown.shelf)


@lesson_view
def staircase(request, lesson):
    by, again = request.GET.get("by", ""), "measure" in request.GET
    shown = make_staircase(lesson, shelf_from(request, lesson), by=by, again=again)
    return _page(request, lesson, "staircase", shown, shown.shelf)


@lesson_view
def spans(request, lesson):
    shown = make_spans_page(lesson, shelf_from(request, lesson), again="measure" in request.GET)
    return _page(request, lesson, "spans", shown, shown.shelf)


@lesson_view
def matrix(request, lesson):
    shown = make_matrix(lesson, engine_from(request, lesson), again="measure" in request.GET)
    return _page(request, lesson, "matrix", shown, shown.shelf)


def _pair_from(request, lesson):
    return [find(lesson.variant, request.GET.get(*side)) for side in (("left", "naive"), ("right", "optimized"))]


@lesson_view
def claims(request, lesson):
    shelf = shelf_from(request, lesson)
    return _page(request, lesson, "claims", {"verdicts": judge(lesson, shelf), "shelf": shelf})


@lesson_view
def plan(request, lesson, name, n):
    shown = make_plan_page(
        lesson, find(lesson.variant, name), n, shelf_from(request, lesson), beside=request.GET.get("beside", "")
    )
    return _page(request, lesson, "plan", shown, shown.shelf)


@lesson_view
def engines(request, lesson):
    variant = find(lesson.variant, request.GET.get("variant", "naive"))
    shown = make_engines(lesson, variant, shelf_from(request, lesson), measure="measure" in request.GET)
    return _page(request, lesson, "engines", shown, shown.shelf)


def _page(request, lesson, kind, shown, shelf=None):
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
        "differing": differences_of(lesson),
        "claims_url": claims_url(lesson, shelf),
        "previous": before,
        "next": after,
    }
    return render(request, f"lessons/_{kind}.html" if part else f"lessons/{kind}.html", context)
