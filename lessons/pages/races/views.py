"""Pages of races, made from what an address asks for."""

from functools import partial

from lessons.pages.asked import engine_from, find, pair_from
from lessons.pages.races.address import address_from
from lessons.pages.races.compare import make_race_comparison
from lessons.pages.races.matrix import make_matrix
from lessons.pages.races.orders import make_orders
from lessons.pages.races.question import guess_from, make_race_question
from lessons.pages.races.race import make_race


def question(request, lesson):
    engine_name = engine_from(request, lesson).name if "engine" in request.GET else None
    return partial(make_race_question, lesson, guess_from(request), engine_name=engine_name)


def variant(request, lesson, variant):
    return partial(make_race, variant, address_from(request, lesson))


def compare(request, lesson):
    left, right = pair_from(request, lesson)
    return partial(make_race_comparison, left, right, address_from(request, lesson))


def orders(request, lesson, name):
    variant, again = find(lesson.variant, name, what="variant"), "measure" in request.GET
    return partial(make_orders, variant, address_from(request, lesson), again=again)


def matrix(request, lesson):
    return partial(make_matrix, lesson, engine_from(request, lesson), again="measure" in request.GET)
