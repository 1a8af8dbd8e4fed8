"""Pages of variants that run by themselves, made from what an address asks for."""

from lessons.pages.asked import find, pair_from, shelved_from
from lessons.pages.runs.claims import make_claims
from lessons.pages.runs.compare import make_comparison
from lessons.pages.runs.engines import make_engines
from lessons.pages.runs.lab import make_lab
from lessons.pages.runs.plan import make_plan_page
from lessons.pages.runs.question import make_question


def question(request, lesson):
    return make_question(lesson, request.GET.get("guess", ""))


def variant(request, lesson, variant):
    measure = "measure" in request.GET
    return make_lab(shelved_from(request, lesson), variant, measure=measure, accesses=lesson.trace)


def compare(request, lesson):
    return make_comparison(
        shelved_from(request, lesson), *pair_from(request, lesson), measure="measure" in request.GET
    )


def engines(request, lesson):
    variant = find(lesson.variant, request.GET.get("variant", "naive"))
    return make_engines(shelved_from(request, lesson), variant, measure="measure" in request.GET)


def plan(request, lesson, name, n):
    variant = find(lesson.variant, name)
    return make_plan_page(shelved_from(request, lesson), variant, n, beside=request.GET.get("beside", ""))


def claims(request, lesson):
    return make_claims(shelved_from(request, lesson))
