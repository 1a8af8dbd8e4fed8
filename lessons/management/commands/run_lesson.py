import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lab.engines import NAMES
from lab.exceptions import LabError
from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course import catalog
from lessons.course.catalog import read_catalog
from lessons.course.contract import Kind, LessonError
from lessons.measured.passes import measure_passes
from lessons.pages.asked import opening_engine
from lessons.pages.errors.faults import NotOffered
from lessons.pages.races.address import race_address
from lessons.pages.races.race import make_race
from lessons.pages.runs.lab import MEASURED_RUNS
from lessons.runs.shelved import ShelvedLesson
from lessons.terminal.export import as_dict
from lessons.terminal.keywords import read_keyword
from lessons.terminal.race_export import race_as_dict
from lessons.terminal.run_text import PrintedRun, race_text, run_text, runs_table

ALL = "all"  # reserved: no variant's name


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they warn of lessons that cannot be read
    help = "Run one variant of a lesson and print its code, SQL and figures; or all, and print a table."

    def add_arguments(self, parser):
        parser.add_argument("lesson", metavar="track/lesson")
        parser.add_argument("--variant", default="naive", help=f"its name, or “{ALL}”")
        parser.add_argument("--books", type=int, default=100, metavar="N", help="the shelf to run on")
        parser.add_argument("--engine", help=f"{', '.join(NAMES)}; the one that its page opens on, if not given")
        parser.add_argument(
            "--with", metavar="KEYWORD=N", dest="keyword", help="of run(), where the curve is over one: page=50"
        )
        parser.add_argument("--explain", action="store_true", help="run it again for the plan of each statement")
        parser.add_argument("--trace", action="store_true", help="run it again for who answers each access")
        parser.add_argument(
            "--schedule", metavar='"alice bob …"', help="of sessions that race; else their first story's"
        )
        parser.add_argument("--isolation", metavar="LEVEL", help="of sessions that race")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object, or a list of them"
        )

    def handle(self, *, lesson, variant, as_json, **options):
        lesson = _lesson(lesson)
        every = variant == ALL
        variants = lesson.variants if every else [_find(lesson.variants, "name", variant, "variant")]
        options["engine"] = options["engine"] or opening_engine(lesson)
        if refused := _refused(lesson, options, as_table=every and not as_json):
            raise CommandError(refused)
        try:
            exported, text = _RUN[lesson.kind](lesson, variants, **options)
        except (LabError, LessonError, NotOffered) as error:
            raise CommandError(str(error)) from error
        if as_json:
            self.stdout.write(json.dumps(exported if every else exported[0], ensure_ascii=False))
        else:
            self.stdout.write(text(every=every))


def _lesson(path):
    """The lesson at this path, also where `check_lessons --record` has not yet written what it does."""
    found = read_catalog(catalog.CONTENT, recorded=False)
    if fault := found.fault(path):
        raise CommandError(str(fault))
    return _find(found.lessons, "path", path, "lesson")


def _refused(lesson, options, *, as_table):
    """Why what is asked for does not go with the lesson, or None."""
    looks_into_runs = options["explain"] or options["trace"]
    if lesson.kind is Kind.RACES:
        if options["keyword"]:
            return "Nothing is given to sessions that race. Leave --with out."
        if looks_into_runs:
            return "Sessions that race have no plans and no traces. Leave --explain and --trace out."
        return None
    if options["schedule"] or options["isolation"]:
        return "No sessions race in this lesson. Leave --schedule and --isolation out."
    if as_table and looks_into_runs:
        return "A table has no plans and no traces. Name one --variant, or add --json."
    return None


def _run_races(lesson, variants, *, engine, schedule, isolation, **options):
    """Return (what JSON can hold of each variant, a function that gives the text)."""
    address = race_address(lesson, engine, schedule=schedule, isolation=isolation)
    races = [make_race(variant, address) for variant in variants]
    exported = [race_as_dict(race.shelved, race.variant, race.isolation, race.report) for race in races]
    return exported, partial(race_text, races, exported)


def _run_variants(lesson, variants, *, books, engine, keyword, explain, trace, **options):
    """As _run_races()."""
    shelved = ShelvedLesson(lesson=lesson, shelf=Shelf(books=books, engine_name=engine))
    shelved = shelved.with_keywords(**read_keyword(lesson, keyword))
    runs = [_run(shelved, variant, explain=explain, trace=trace) for variant in variants]

    def text(*, every):
        return runs_table(runs) if every else run_text(runs[0])

    return [run.exported for run in runs], text


_RUN: dict[Kind, Callable[..., Any]] = {Kind.RUNS: _run_variants, Kind.RACES: _run_races}


def _run(shelved, variant, *, explain, trace):
    report = shelved.record(variant)
    wall, passes, explanations = None, {}, None
    if report.status == Status.OK:
        wall = shelved.measure(variant, runs=MEASURED_RUNS)
        passes = measure_passes(shelved, variant)
        if trace:
            passes["trace"] = shelved.accesses(variant)
    if explain:
        explanations = _explain(shelved, variant, report)
    exported = as_dict(shelved, variant, report, wall, explanations, passes)
    return PrintedRun(variant=variant, report=report, exported=exported, explanations=explanations, passes=passes)


def _explain(shelved, variant, report):
    """Explanations of the report's queries, by their index."""
    return {group.index: shelved.explain(variant, group.index) for group in report.groups if group.is_query}


def _find(things, attribute, value, kind):
    known = {getattr(thing, attribute): thing for thing in things}
    if value not in known:
        raise CommandError(f"There is no {kind} {value}. There are: {', '.join(known)}.")
    return known[value]
