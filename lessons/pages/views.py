"""The pages of a lesson: each view makes one, and its decorator answers with it."""

from lessons.course.contract import Kind
from lessons.pages.answers import lesson_view
from lessons.pages.asked import find
from lessons.pages.measured import views as measured
from lessons.pages.races import views as races
from lessons.pages.runs import views as runs

_PAGES = {Kind.RUNS: runs, Kind.RACES: races}  # each has a question, a variant's page, and two of them compared


@lesson_view
def lesson(request, lesson):
    return _PAGES[lesson.kind].question(request, lesson)


@lesson_view
def variant(request, lesson, name):
    return _PAGES[lesson.kind].variant(request, lesson, find(lesson.variant, name, what="variant"))


@lesson_view
def compare(request, lesson):
    return _PAGES[lesson.kind].compare(request, lesson)


claims, engines, plan = map(lesson_view, (runs.claims, runs.engines, runs.plan))
curve, gain, spans, staircase = map(
    lesson_view, (measured.curve, measured.gain, measured.spans, measured.staircase)
)
matrix, orders = map(lesson_view, (races.matrix, races.orders))
