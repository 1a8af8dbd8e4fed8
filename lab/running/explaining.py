"""Makes a run again, to have one of its statements explained at the very moment it would be executed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import FrameType
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.exceptions import BoundReached, LabError, NoPlan, NoStatement
from lab.plans import Plan
from lab.plans import explain as explain_statement
from lab.recording.bounds import Bounds
from lab.recording.places import PlaceStrategy
from lab.recording.recorder import Recorder
from lab.recording.report import Group, group_statements
from lab.recording.statements import Statement
from lab.running.closed import closed
from lab.running.rows import chunks
from lab.running.runner import call
from lab.shelves import Shelf


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A statement of a run, and its plan, or the reason why there is none."""

    statement: Group  # this one execution, before it took place: no rows, no times
    plan: Plan | None = None
    reason: str | None = None


class Explainer(Recorder):
    """Explains statement n, counted from 1, and ends the run in its place."""

    def __init__(self, connection: BaseDatabaseWrapper, *, n: int, **options: Any) -> None:
        super().__init__(connection, **options)
        self.n = n
        self.answer: Plan | Exception | None = None

    def note(self, sql: str, params: Any, many: bool, frame: FrameType, *database: str) -> Statement:
        statement = super().note(sql, params, many, frame, *database)
        if len(self.statements) == self.n:
            self.answer = self._explain(statement)
            raise Explained
        return statement

    def _explain(self, statement: Statement) -> Plan | Exception:
        """Return what it raises, so that neither a lesson's own `except` nor _run() takes it for the lesson's."""
        try:
            connection = connections[statement.database] if statement.beside else self.connection
            return explain_statement(connection, statement)
        except NoPlan as error:
            lost = self.engine.lost(error.__cause__) if error.__cause__ else None
            return lost or error
        except Exception as error:
            return error


class Explained(BoundReached):
    """Ends the run, in whichever of its threads the statement is."""


def explain(
    function: Callable[[], Any],
    n: int,
    *,
    shelf: Shelf,
    places: PlaceStrategy,
    bounds: Bounds | None = None,
    **where: Any,
) -> Explanation:
    """Return the Explanation of statement n of `function()`, run on a shelf opened anew.

    where: access, prepare, template, databases as in Shelf.open()
    Raises NoStatement where the run ends before it, and LabError where it cannot run at all.
    """
    bounds = bounds or Bounds()
    with (
        closed(),
        shelf.open(recorded=True, **where) as connection,
        Explainer(connection, n=n, engine=shelf.engine, places=places, bounds=bounds) as explainer,
    ):
        stopped = _run(function, explainer)
    answer = explainer.answer
    if answer is None:
        raise NoStatement(_missing(len(explainer.statements), n, stopped))
    if isinstance(answer, Exception) and not isinstance(answer, NoPlan):
        raise answer
    statement = replace(group_statements([explainer.statements[n - 1]], places)[0], index=n)
    if isinstance(answer, NoPlan):
        return Explanation(statement=statement, reason=str(answer))
    return Explanation(statement=statement, plan=answer)


def _run(function: Callable[[], Any], explainer: Explainer) -> str | None:
    """Run it as far as it gets, and return what stopped it, if a bound did.

    An error of its own is its outcome, not one of explaining.
    """
    rows = 0
    try:
        for chunk in chunks(call(function, places=explainer.places)):
            rows += len(chunk)
            explainer.check(rows)
    except Explained:
        pass
    except BoundReached as bound:
        return str(bound)
    except LabError:
        raise
    except (Exception, SystemExit) as error:
        if isinstance(explainer.fatal, LabError):
            raise explainer.fatal from error
    return None


def _missing(count: int, n: int, stopped: str | None) -> str:
    if stopped:
        return f"The run was {stopped}, before it got to number {n:,}. A smaller shelf may get there."
    there = "no statements" if count == 0 else "1 statement" if count == 1 else f"{count:,} statements"
    return f"This run has {there}, and no number {n:,}."
