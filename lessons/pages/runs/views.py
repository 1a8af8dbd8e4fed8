"""Pages of variants that run by themselves, made from what an address asks for."""

from functools import partial

from lessons.pages.asked import engine_from, find, pair_from, shelved_from, variant_from
from lessons.pages.errors.faults import NoSuchPage, shown, whole_number
from lessons.pages.runs.beside import beside_from
from lessons.pages.runs.claims import make_claims
from lessons.pages.runs.compare import make_comparison
from lessons.pages.runs.engines import make_engines
from lessons.pages.runs.lab import make_lab
from lessons.pages.runs.plan import make_plan_page
from lessons.pages.runs.question import guess_from, make_question


def question(request, lesson):
    then = shelved_from(request, lesson).shelf if "books" in request.GET else None
    engine = engine_from(request, lesson)
    return partial(make_question, lesson, guess_from(request, lesson), engine_name=engine.name, then=then)


def variant(request, lesson, variant):
    measure = "measure" in request.GET
    return partial(make_lab, shelved_from(request, lesson), variant, measure=measure, accesses=lesson.trace)


def compare(request, lesson):
    shelved, measure = shelved_from(request, lesson), "measure" in request.GET
    return partial(make_comparison, shelved, *pair_from(request, lesson), measure=measure)


def engines(request, lesson):
    variant = variant_from(request, lesson, by="variant", default="naive")
    return partial(make_engines, shelved_from(request, lesson), variant, measure="measure" in request.GET)


def plan(request, lesson, name, n):
    variant = find(lesson.variant, name, what="variant")
    if whole_number(str(n)) is None:
        raise NoSuchPage(f"No run has a statement number {shown(str(n))}.")
    shelved = shelved_from(request, lesson)
    return partial(make_plan_page, shelved, variant, n, beside=beside_from(request, lesson))


def claims(request, lesson):
    return partial(make_claims, shelved_from(request, lesson))
