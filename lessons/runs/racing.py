"""Runs the sessions of a lesson against each other."""

from contextlib import contextmanager, nullcontext

from lab.race import RaceReport, Rules, run_orders, run_race
from lab.recording.places import StackPlaces
from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.docstrings import docstrings
from lessons.runs.loaders import templates_of
from lessons.runs.running import load_functions, prepare_of, template_of, unavailable

BOOKS = 10  # on the shelf that races are run on: they are about a few rows
MOST_ORDERS = 100  # that a page runs
_RULES = ("watch", "invariant")


def race_shelf(engine_name):
    return Shelf(books=BOOKS, engine_name=engine_name)


def race_variant(lesson, variant, shelf, schedule, *, isolation=None, look=None, bounds=None, template=None):
    """Return the RaceReport of a variant's sessions. The arguments are those of lab.race.run_race().

    template: what race_template() gives, for many races of one lesson. Raises LessonError where a file lacks a
    function.
    """
    if reason := unavailable(lesson, variant, shelf):
        return RaceReport(status=Status.UNAVAILABLE, error=f"{variant.title} {reason}.")
    with templates_of(lesson):
        return run_race(
            _rules(lesson, variant),
            schedule,
            shelf=shelf,
            places=StackPlaces(lesson.folder),
            isolation=isolation,
            prepare=prepare_of(lesson),
            template=template,
            bounds=bounds,
            look=look,
        )


@contextmanager
def race_template(lesson, variant, shelf):
    """template_of() the lesson; None where the variant cannot run."""
    with nullcontext() if unavailable(lesson, variant, shelf) else template_of(lesson, shelf) as template:
        yield template


def orders_of(lesson, variant, shelf, *, isolation=None, most=MOST_ORDERS, seconds=float("inf")):
    """Return the Orders of a variant's sessions: the race in every order, or in a sample of `most`.

    After `seconds` no further race is begun.
    """

    with race_template(lesson, variant, shelf) as template:

        def run(schedule):
            return race_variant(lesson, variant, shelf, schedule, isolation=isolation, template=template)

        return run_orders(run, most=most, seconds=seconds)


def promise_of(lesson, variant):
    """What must hold, as invariant() says it."""
    own = docstrings(variant.path).get("invariant")
    return own if own is not None else docstrings(lesson.folder / "race.py").get("invariant", "")


def _rules(lesson, variant):
    """watch() and invariant() are those of race.py, unless the variant has its own."""
    rules = load_functions(lesson, lesson.folder / "race.py", _RULES)
    functions = load_functions(lesson, variant.path, lesson.sessions, optional=_RULES)
    rules.update((name, functions.pop(name)) for name in _RULES if name in functions)
    return Rules(functions, **rules)
