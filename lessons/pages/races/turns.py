"""The rows of a race's table with their links: to other orders of its turns, and to what a session sees."""

from dataclasses import dataclass

from lab.race import WAIT
from lab.recording.report import Status
from lessons.pages.races.lanes import LaneRow
from lessons.pages.races.watched import WatchedRows, compare_watched
from lessons.pages.switches import Choice


@dataclass(frozen=True, kw_only=True)
class Move:
    """What swaps a turn with its neighbour: an address, or "" where that cannot be, and why."""

    url: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class TurnRow:
    row: LaneRow
    earlier: Move
    later: Move
    looks: tuple[Choice, ...]
    seen: WatchedRows | None = None  # what the session that was to look sees, beside what is committed
    is_blind: bool = False  # it was to look here, and cannot


def make_turns(lanes, address, there):
    """Return the TurnRows of a race. there: as LessonPage.there(), of the page where the links lead"""
    return [
        TurnRow(
            row=row,
            earlier=_swap(lanes.report, row.number - 2, address, there),
            later=_swap(lanes.report, row.number - 1, address, there),
            looks=tuple(_looks(lanes.report, row, address, there)),
            **_seen(lanes.report, row, address.look),
        )
        for row in lanes.rows
    ]


def _swap(report, first, address, there):
    """What swaps the turn of index `first` with the next one."""
    if first < 0:
        return Move(why="Nothing comes before it.")
    if first + 1 >= len(report.turns):
        return Move(why="Nothing comes after it.")
    turn, following = report.turns[first : first + 2]
    if WAIT in (turn.session, following.session):
        return Move(why="Time passes there, until the database ends a wait.")
    if turn.session == following.session:
        return Move(why=f"The steps of {turn.session} keep their order.")
    if following.session not in turn.could:
        return Move(why=f"{following.session} could not go on before that step of {turn.session}.")
    names = list(report.schedule)
    names[first : first + 2] = names[first + 1], names[first]
    return Move(url=address.url(there, schedule=tuple(names), look=""))


def _looks(report, row, address, there):
    schedule = report.schedule[: row.number]
    for name in row.able:
        yield Choice(
            label=name,
            url=address.url(there, schedule=schedule, look=name),
            current=False,
            key=f"look-{row.number}-{name}",
        )


def _seen(report, row, look):
    """The look that the race was broken off for, as keywords of TurnRow."""
    if not look or row.number != len(report.turns) or report.status != Status.OK:
        return {}
    committed = report.turns[-1].rows if report.turns else report.rows
    if report.seen is None:
        return {"is_blind": True}
    return {"seen": compare_watched(committed or (), report.seen)}
