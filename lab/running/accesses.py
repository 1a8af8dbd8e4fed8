"""Makes a run again to tell, of every access in it, who answered: the database, or a cache in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lab.exceptions import BoundReached, LabError, NoAccesses
from lab.recording.access_recorder import AccessRecorder, Tally
from lab.recording.bounds import Bounds
from lab.recording.entry_points import Answer
from lab.recording.places import Place, PlaceStrategy
from lab.recording.report import executions_by_group
from lab.running.closed import closed
from lab.running.rows import chunks
from lab.running.runner import call
from lab.shelves import Shelf


@dataclass(frozen=True, kw_only=True)
class Access:
    """The accesses of one kind at one place that were answered alike."""

    index: int  # of the first in the run, from 1
    place: Place | None
    what: str
    answered_by: Answer
    count: int
    queries: int
    statements: tuple[int, ...]  # indexes of their Groups, as in a Report of the same run


def list_accesses(
    function: Callable[[], Any],
    *,
    shelf: Shelf,
    places: PlaceStrategy,
    bounds: Bounds | None = None,
    **where: Any,
) -> tuple[Access, ...]:
    """Return the Accesses of `function()`, run on a shelf opened anew, in the order of their first occurrence.

    What the lesson's own code calls is an access, not what the ORM calls on its behalf. Coroutines run in a thread
    of their own, where only their queries are seen. An error of the lesson's own ends the run, and the trace.
    where: access, prepare, template, databases as in Shelf.open()
    Raises NoAccesses where the run hits a bound, and LabError where it cannot run at all.
    """
    bounds = bounds or Bounds()
    with (
        closed(),
        shelf.open(**where) as connection,
        AccessRecorder(connection, engine=shelf.engine, places=places, bounds=bounds) as recorder,
    ):
        _run(function, recorder)
    return _accesses(recorder)


def _run(function: Callable[[], Any], recorder: AccessRecorder) -> None:
    rows = 0
    try:
        for chunk in chunks(call(function, places=recorder.places)):
            rows += len(chunk)
            recorder.check(rows)
    except BoundReached as bound:
        raise NoAccesses(f"The traced run was {bound}. A smaller shelf may get to the end.") from None
    except LabError:
        raise
    except (Exception, SystemExit) as error:
        if isinstance(recorder.fatal, LabError):
            raise recorder.fatal from error


def _accesses(recorder: AccessRecorder) -> tuple[Access, ...]:
    """Put together what is at one place: an expression may have several spots."""
    groups = _groups(recorder)
    found: dict[tuple[Place | None, str, Answer], list[Tally]] = {}
    for tally in recorder.tallies.values():
        place = recorder.places.resolve(tally.spot)
        found.setdefault((place, tally.what, tally.answer), []).append(tally)
    return tuple(_access(place, tallies, groups) for (place, _, _), tallies in found.items())


def _groups(recorder: AccessRecorder) -> dict[int, int]:
    """The index of its Group, by the index of a statement."""
    by_group = executions_by_group(recorder.statements, recorder.places)
    return {index: executions[0][0] for _, executions in by_group for index, _ in executions}


def _access(place: Place | None, tallies: list[Tally], groups: dict[int, int]) -> Access:
    first = tallies[0]
    statements = [index for tally in tallies for index in tally.statements]
    return Access(
        index=first.index,
        place=place,
        what=first.what,
        answered_by=first.answer,
        count=sum(tally.count for tally in tallies),
        queries=len(statements),
        statements=tuple(sorted({groups[index] for index in statements})),
    )
