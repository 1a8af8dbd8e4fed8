"""What run_lesson prints of runs and races."""

from dataclasses import dataclass

from rich.syntax import Syntax
from rich.table import Column, Table
from rich.text import Text

from lab.recording.report import Report, Status
from lessons.course.contract import Variant
from lessons.terminal.plan_tree import plan_tree
from lessons.terminal.race_table import ends_of, lanes_table, outcomes_table
from lessons.terminal.rendering import rendered
from lessons.terminal.run_table import accesses_table, measured_lines, statements_table
from lessons.words.figures import figure


@dataclass(frozen=True, kw_only=True)
class PrintedRun:
    variant: Variant
    report: Report
    exported: dict  # as lessons.terminal.export makes it
    explanations: dict | None  # by the index of a statement
    passes: dict


def runs_table(runs):
    """PrintedRuns of all variants, in the lesson's order."""
    table = Table(
        "variant", *(Column(name, justify="right") for name in ("queries", "rows", "cells", "ms")), "outcome"
    )
    for run in runs:
        ended = run.report.status == Status.OK
        table.add_row(run.variant.name, *(_row(run) if ended else ["–"] * 4), run.report.error or "ok")
    measured = max(run.exported["wall_ms"]["runs"] for run in runs)
    told = (
        "rows and cells (rows × columns): those fetched\n"
        f"ms: median of {measured} warm runs\n{_platform(runs[0].exported)}"
    )
    return rendered(table, Text(told))


def run_text(run):
    """One PrintedRun: its code, its statements, and whatever else was asked for."""
    report = run.report
    outcome = [Text(f"{report.status}: {report.error}", style="bold")] if report.error else []
    plans = [plan_tree(explanation) for explanation in (run.explanations or {}).values()]
    trace = [accesses_table(run.passes["trace"])] if "trace" in run.passes else []
    told = Text("\n".join([_figures(report, run.exported), *measured_lines(run.passes)]))
    return rendered(_code(run.variant), *outcome, statements_table(report), *plans, *trace, told)


def race_text(races, exported, *, every):
    """RacePages, and each as lessons.terminal.race_export makes it. every: the outcomes of all, not one in full"""
    race = races[0]
    platform = Text(f"{_platform(exported[0])}, {race.isolation}")
    if every:
        return rendered(outcomes_table(races), platform)
    return rendered(_code(race.variant), lanes_table(race), Text("\n".join(ends_of(race))), platform)


def _row(run):
    report = run.report
    counts = (report.queries, report.rows_fetched, report.cells_fetched)
    return [*(f"{count:,}" for count in counts), figure(run.exported["wall_ms"]["median"])]


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
    keywords = "".join(f" {name}={value}," for name, value in exported.get("with", {}).items())
    return (
        f"{exported['engine']} {exported['engine_version']}, {exported['books']:,} books,{keywords}"
        f" Django {exported['django']}, Python {exported['python']}"
    )
