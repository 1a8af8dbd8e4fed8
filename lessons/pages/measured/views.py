"""Pages of what is measured once and kept, made from what an address asks for."""

from functools import partial

from lessons.pages.asked import pair_from, shelved_from, variant_from
from lessons.pages.measured.curve import latency_from, make_curve
from lessons.pages.measured.gain import make_gain_page
from lessons.pages.measured.spans import make_spans_page
from lessons.pages.measured.staircase import figure_from, make_staircase

MOST_BOOKS = 10_000  # on the shelf that a curve opens on which needs one that goes far


def curve(request, lesson):
    return partial(
        make_curve,
        shelved_from(request, lesson, up_to=MOST_BOOKS if lesson.curve else None),
        *pair_from(request, lesson),
        latency=latency_from(request),
        again="measure" in request.GET,
    )


def staircase(request, lesson):
    shelved, again = shelved_from(request, lesson), "measure" in request.GET
    return partial(make_staircase, shelved, by=figure_from(request), again=again)


def spans(request, lesson):
    return partial(make_spans_page, shelved_from(request, lesson), again="measure" in request.GET)


def gain(request, lesson):
    beside = variant_from(request, lesson, by="beside", default="optimized")
    return partial(make_gain_page, shelved_from(request, lesson), beside, again="measure" in request.GET)
