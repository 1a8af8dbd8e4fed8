"""A race in a terminal."""

from rich.table import Column, Table
from rich.text import Text

from lab.recording.report import Status


def lanes_table(race):
    """A lessons.pages.races.race.RacePage as a table: a row for each turn, a column for each session."""
    lanes = (Column(name, overflow="fold") for name in (*race.lesson.sessions, "committed rows"))
    table = Table("turn", *lanes, show_lines=True)
    for row in race.lanes.rows:
        cells = [_cell(cell) for cell in row.cells] or [""] * len(race.lesson.sessions)
        table.add_row(str(row.number) if row.number else "before", *cells, _watched(row))
    return table


def ends_of(race):
    """How the sessions ended, and whether the invariant is kept, as lines of text."""
    for ending in race.endings:
        yield f"{ending.session} {ending.words}{f' ({ending.error})' if ending.error else f' ({ending.end})'}"
    if race.report.kept is not None:
        yield f"{'✓ kept' if race.report.kept else '✗ broken'}: {race.report.words}"
    elif race.report.status != Status.OK:
        yield f"{race.report.status}: {race.report.error}"


def outcomes_table(races):
    """How the sessions of all variants ended, in the lesson's order."""
    sessions = races[0].lesson.sessions
    table = Table("variant", *sessions, "invariant", "schedule")
    for race in races:
        outcome = race.report.outcome
        ends = [outcome.get(name, "–") for name in (*sessions, "invariant")]
        table.add_row(race.variant.name, *ends, race.report.error or " ".join(race.report.schedule))
    return table


def _cell(cell):
    lines = []
    for statement in cell.statements:
        place = f"{statement.code.file}:{statement.code.line.number} " if statement.code else ""
        beside = f"on {statement.step.beside}: " if statement.step and statement.step.beside else ""
        lines += [f"{place}{statement.short}", f"{beside}{statement.words}"]
    return Text("\n".join([*lines, *filter(None, (cell.stands, cell.finish, cell.error))]))


def _watched(row):
    watched = row.watched
    if watched is None:
        return row.unseen
    gone = [f"{watched.gone} gone"] if watched.gone else []
    rows = [*map(_row, watched.rows), *gone] or ["no row"]
    return Text("\n".join([*rows, *filter(None, [row.unseen])]))


def _row(row):
    told = [f"{each.column} {each.text}{'' if each.was is None else f' (was {each.was})'}" for each in row.values]
    return f"{'new: ' if row.is_new else ''}{', '.join(told)}"
