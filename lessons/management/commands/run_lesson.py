import json
from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError
from rich.syntax import Syntax
from rich.table import Column, Table
from rich.text import Text

from lab.engines import NAMES
from lab.exceptions import LabError
from lab.recording.report import Report, Status
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.course.contract import LessonError, Variant
from lessons.measured.passes import measure_passes
from lessons.pages.races.address import race_address
from lessons.pages.races.race import make_race
from lessons.pages.runs.lab import MEASURED_RUNS
from lessons.pages.switches import NotOffered
from lessons.runs.running import explain_variant, measure_variant, record_variant, trace_variant
from lessons.terminal.export import as_dict
from lessons.terminal.plan_tree import plan_tree
from lessons.terminal.race_export import race_as_dict
from lessons.terminal.race_table import ends_of, lanes_table, outcomes_table
from lessons.terminal.rendering import rendered
from lessons.terminal.run_table import accesses_table, measured_lines, statements_table
from lessons.words.figures import figure

ALL = "all"  # reserved: no variant's name


class Command(BaseCommand):
    help = "Run one variant of a lesson and print its code, SQL and figures; or all, and print a table."

    def add_arguments(self, parser):
        parser.add_argument("lesson", metavar="track/lesson")
        parser.add_argument("--variant", default="naive", help=f"its name, or “{ALL}”")
        parser.add_argument("--books", type=int, default=100, metavar="N", help="the shelf to run on")
        parser.add_argument("--engine", default="sqlite", help=", ".join(NAMES))
        parser.add_argument("--explain", action="store_true", help="run it again for the plan of each statement")
        parser.add_argument("--trace", action="store_true", help="run it again for who answers each access")
        parser.add_argument(
            "--schedule", metavar='"alice bob …"', help="of sessions that race; else their first story's"
        )
        parser.add_argument("--isolation", metavar="LEVEL", help="of sessions that race")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object, or a list of them"
        )

    def handle(self, *, lesson, variant, books, engine, explain, trace, schedule, isolation, as_json, **options):
        lesson = _find(get_catalog().lessons, "path", lesson, "lesson")
        every = variant == ALL
        variants = lesson.variants if every else [_find(lesson.variants, "name", variant, "variant")]
        if refused := _refused(lesson, plain=explain or trace, racing=schedule or isolation):
            raise CommandError(refused)
        if lesson.has_races:
            races = _races(lesson, variants, engine, schedule, isolation)
            exported = [exported for _, exported in races]
            text = None if as_json else _race_text(races, every=every)
            self.stdout.write(text or json.dumps(exported if every else exported[0], ensure_ascii=False))
            return
        if every and (explain or trace) and not as_json:
            raise CommandError("A table has no plans and no traces. Name one --variant, or add --json.")
        shelf = Shelf(books=books, engine_name=engine)
        try:
            runs = [_run(lesson, each, shelf, explain=explain, trace=trace) for each in variants]
        except (LabError, LessonError) as error:
            raise CommandError(str(error)) from error
        if as_json:
            exported = [run.exported for run in runs]
            self.stdout.write(json.dumps(exported if every else exported[0], ensure_ascii=False))
        else:
            self.stdout.write(_table(runs) if every else _text(runs[0]))


def _refused(lesson, *, plain, racing):
    """Why what is asked for does not go with the lesson, or None."""
    if lesson.has_races and plain:
        return "Sessions that race have no plans and no traces. Leave --explain and --trace out."
    if racing and not lesson.has_races:
        return "No sessions race in this lesson. Leave --schedule and --isolation out."
    return None


def _races(lesson, variants, engine, schedule, isolation):
    """Return [(RacePage, the same as JSON can hold it)]."""
    try:
        address = race_address(lesson, engine, schedule=schedule, isolation=isolation)
        races = [make_race(lesson, variant, address) for variant in variants]
    except (LabError, LessonError, NotOffered) as error:
        raise CommandError(str(error)) from error
    return [(race, race_as_dict(lesson, race.variant, race.shelf, race.isolation, race.report)) for race in races]


def _race_text(races, *, every):
    race, exported = races[0]
    platform = Text(f"{_platform(exported)}, {race.isolation}")
    if every:
        return rendered(outcomes_table([race for race, _ in races]), platform)
    return rendered(_code(race.variant), lanes_table(race), Text("\n".join(ends_of(race))), platform)


@dataclass(frozen=True, kw_only=True)
class _Run:
    variant: Variant
    report: Report
    exported: dict
    explanations: dict | None  # by the index of a statement
    passes: dict


def _run(lesson, variant, shelf, *, explain, trace):
    report = record_variant(lesson, variant, shelf)
    wall, passes, explanations = None, {}, None
    if report.status == Status.OK:
        wall = measure_variant(lesson, variant, shelf, runs=MEASURED_RUNS)
        passes = measure_passes(lesson, variant, shelf)
        if trace:
            passes["trace"] = trace_variant(lesson, variant, shelf)
    if explain:
        explanations = _explain(lesson, variant, shelf, report)
    exported = as_dict(lesson, variant, shelf, report, wall, explanations, passes)
    return _Run(variant=variant, report=report, exported=exported, explanations=explanations, passes=passes)


def _find(things, attribute, value, kind):
    known = {getattr(thing, attribute): thing for thing in things}
    if value not in known:
        raise CommandError(f"There is no {kind} {value}. There are: {', '.join(known)}.")
    return known[value]


def _explain(lesson, variant, shelf, report):
    """Explanations of the report's queries, by their index."""
    return {
        group.index: explain_variant(lesson, variant, shelf, group.index)
        for group in report.groups
        if group.is_query
    }


def _table(runs):
    """All variants, in the lesson's order."""
    table = Table(
        "variant", *(Column(name, justify="right") for name in ("queries", "rows", "cells", "ms")), "outcome"
    )
    for run in runs:
        ended = run.report.status == Status.OK
        table.add_row(run.variant.name, *(_row(run) if ended else ["–"] * 4), run.report.error or "ok")
    told = (
        "rows and cells (rows × columns): those fetched\n"
        f"ms: median of {MEASURED_RUNS} warm runs\n{_platform(runs[0].exported)}"
    )
    return rendered(table, Text(told))


def _row(run):
    report = run.report
    counts = (report.queries, report.rows_fetched, report.cells_fetched)
    return [*(f"{count:,}" for count in counts), figure(run.exported["wall_ms"]["median"])]


def _text(run):
    report = run.report
    outcome = [Text(f"{report.status}: {report.error}", style="bold")] if report.error else []
    plans = [plan_tree(explanation) for explanation in (run.explanations or {}).values()]
    trace = [accesses_table(run.passes["trace"])] if "trace" in run.passes else []
    told = Text("\n".join([_figures(report, run.exported), *measured_lines(run.passes)]))
    return rendered(_code(run.variant), *outcome, statements_table(report), *plans, *trace, told)


def _code(variant):
    return Syntax(variant.source, "python", line_numbers=True, theme="ansi_light")


def _figures(report, exported):
    wall = exported["wall_ms"]
    return (
        f"{report.queries:,} queries, {report.rows_fetched:,} rows fetched, {report.rows:,} rows returned\n"
        f"{wall['median']} ms (median of {wall['runs']} warm runs, {wall['min']} to {wall['max']};"
        f" first, cold, {wall['first']}):"
        f" {exported['database_ms']} in the database, {exported['python_ms']} in Python\n"
        f"{_platform(exported)}"
    )


def _platform(exported):
    return (
        f"{exported['engine']} {exported['engine_version']}, {exported['books']:,} books,"
        f" Django {exported['django']}, Python {exported['python']}"
    )
