"""Pages of what is measured once and kept, made from what an address asks for."""

from lessons.pages.asked import find, pair_from, shelved_from
from lessons.pages.measured.curve import latency_from, make_curve
from lessons.pages.measured.gain import make_gain_page
from lessons.pages.measured.spans import make_spans_page
from lessons.pages.measured.staircase import make_staircase


def curve(request, lesson):
    return make_curve(
        shelved_from(request, lesson),
        *pair_from(request, lesson),
        latency=latency_from(request),
        again="measure" in request.GET,
    )


def staircase(request, lesson):
    by, again = request.GET.get("by", ""), "measure" in request.GET
    return make_staircase(shelved_from(request, lesson), by=by, again=again)


def spans(request, lesson):
    return make_spans_page(shelved_from(request, lesson), again="measure" in request.GET)


def gain(request, lesson):
    beside = find(lesson.variant, request.GET.get("beside", "optimized"))
    return make_gain_page(shelved_from(request, lesson), beside, again="measure" in request.GET)
