import json

from django.core.management.base import BaseCommand, CommandError
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from lab.engines import NAMES
from lab.exceptions import LabError
from lab.report import Status
from lab.shelves import Shelf
from lessons.catalog import get_catalog
from lessons.contract import LessonError
from lessons.export import as_dict
from lessons.figures import megabytes, ms
from lessons.pages.fields import list_fields
from lessons.pages.lab import MEASURED_RUNS
from lessons.passes import measure_passes
from lessons.plan_tree import plan_tree
from lessons.running import explain_variant, measure_variant, record_variant, trace_variant
from lessons.sql import layout
from lessons.terminal import rendered


class Command(BaseCommand):
    help = "Run one variant of a lesson and print its code, SQL and figures."

    def add_arguments(self, parser):
        parser.add_argument("lesson", metavar="track/lesson")
        parser.add_argument("--variant", default="naive")
        parser.add_argument("--books", type=int, default=100, metavar="N", help="the shelf to run on")
        parser.add_argument("--engine", default="sqlite", help=", ".join(NAMES))
        parser.add_argument("--explain", action="store_true", help="run it again for the plan of each statement")
        parser.add_argument("--trace", action="store_true", help="run it again for who answers each access")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *, lesson, variant, books, engine, explain, trace, as_json, **options):
        lesson = _find(get_catalog().lessons, "path", lesson, "lesson")
        variant = _find(lesson.variants, "name", variant, "variant")
        shelf = Shelf(books=books, engine_name=engine)
        try:
            report = record_variant(lesson, variant, shelf)
            wall, passes, explanations = None, {}, None
            if report.status == Status.OK:
                wall = measure_variant(lesson, variant, shelf, runs=MEASURED_RUNS)
                passes = measure_passes(lesson, variant, shelf)
                if trace:
                    passes["trace"] = trace_variant(lesson, variant, shelf)
            if explain:
                explanations = _explain(lesson, variant, shelf, report)
        except (LabError, LessonError) as error:
            raise CommandError(str(error)) from error
        exported = as_dict(lesson, variant, shelf, report, wall, explanations, passes)
        if as_json:
            self.stdout.write(json.dumps(exported, ensure_ascii=False))
        else:
            self.stdout.write(_text(variant, report, exported, explanations or {}, passes))


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


def _text(variant, report, exported, explanations, passes):
    code = Syntax(variant.source, "python", line_numbers=True, theme="ansi_light")
    outcome = [Text(f"{report.status}: {report.error}", style="bold")] if report.error else []
    plans = [plan_tree(explanation) for explanation in explanations.values()]
    return rendered(
        code,
        *outcome,
        _statements(report),
        *plans,
        *([_accesses(passes["trace"])] if "trace" in passes else []),
        Text("\n".join([_figures(report, exported), *_measured(passes)])),
    )


def _statements(report):
    table = Table("count", "where", "cause", "rows", "ms", "statement", show_lines=True)
    for group in report.groups:
        table.add_row(
            f"×{group.count:,}" if group.is_query else "not counted",
            _where(group.place),
            group.cause,
            f"{group.rows:,}",
            ms(group.total_ns),
            Syntax(layout(group.sql), "sql", word_wrap=True, theme="ansi_light"),
        )
    return table


def _accesses(accesses):
    table = Table("count", "where", "access", "answered by", "queries")
    for access in accesses:
        queries = f"{access.queries:,}" if access.queries else ""
        table.add_row(f"×{access.count:,}", _where(access.place), access.what, access.answered_by, queries)
    return table


def _where(place):
    return f"{place.file}:{place.line}" if place else ""


def _measured(passes):
    if "memory" in passes:
        yield f"{megabytes(passes['memory'].peak)} MB at the peak"
    for fields in list_fields(passes.get("fields", ())):
        yield (
            f"{fields.model}: {len(fields.read)} of {fields.fetched} columns read;"
            f" never read: {', '.join(fields.unread) or 'none'}"
        )


def _figures(report, exported):
    wall = exported["wall_ms"]
    return (
        f"{report.queries:,} queries, {report.rows_fetched:,} rows fetched, {report.rows:,} rows returned\n"
        f"{wall['median']} ms (median of {wall['runs']} warm runs, {wall['min']} to {wall['max']};"
        f" first, cold, {wall['first']}):"
        f" {exported['database_ms']} in the database, {exported['python_ms']} in Python\n"
        f"{exported['engine']} {exported['engine_version']}, {exported['books']:,} books,"
        f" Django {exported['django']}, Python {exported['python']}"
    )
