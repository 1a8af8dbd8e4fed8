"""What a run did: plain, frozen values that pages, commands and checks are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from lab.recording.causes import Way, in_order
from lab.recording.places import Place, PlaceStrategy
from lab.recording.spots import spot_key
from lab.recording.statements import WRITES, Asked, Statement

Execution = tuple[int, Statement]  # with its index in the run

_SAMPLES = 5


class Status(StrEnum):
    OK = "ok"
    RAISED = "raised"
    STOPPED = "stopped"  # by a bound
    UNAVAILABLE = "unavailable"  # cannot run here


@dataclass(frozen=True, kw_only=True)
class Group(Asked):
    """The executions of one statement at one place. Times in nanoseconds."""

    index: int  # of the first execution in the run, from 1, transaction statements counted in
    kind: str
    sql: str
    count: int
    rows: int
    columns: int  # of the rows fetched; 0 where none was
    affected: int  # rows inserted, updated or deleted, see Statement
    execute_ns: int
    fetch_ns: int
    cause: str
    way: Way = ()  # the public functions of frameworks from the place to the query
    place: Place | None
    distinct: int  # how many different parameters
    samples: tuple[Any, ...]  # the first few parameters
    error: str | None
    may_affect_more: bool = False  # the driver does not know how many more than `affected`
    database: str = DEFAULT_DB_ALIAS

    @property
    def is_query(self) -> bool:
        return self.kind != "transaction"

    @property
    def is_write(self) -> bool:
        return self.kind in WRITES

    @property
    def total_ns(self) -> int:
        return self.execute_ns + self.fetch_ns

    @property
    def cells(self) -> int:
        """Values fetched: one for each column of each row."""
        return self.rows * self.columns

    @property
    def has_parameters(self) -> bool:
        return any(self.samples)


@dataclass(frozen=True, kw_only=True)
class Wall:
    """Times of unrecorded repeats, in nanoseconds. The first, cold, stands apart."""

    first: int
    median: int
    min: int
    max: int
    runs: int  # without the first


@dataclass(frozen=True, kw_only=True)
class Report:
    status: Status
    error: str | None = None  # "FieldError: …", or why it was stopped or cannot run
    error_type: str | None = None
    error_place: Place | None = None
    preview: tuple[Any, ...] = ()
    rows: int = 0  # returned by the run
    digest: str | None = None
    rendered: str | None = None  # where the run returned text
    result: object = None  # what a claim returned
    groups: tuple[Group, ...] = ()
    wall_ns: int = 0  # of this one recorded run

    @cached_property
    def queries(self) -> int:
        return sum(group.count for group in self.groups if group.is_query)

    @cached_property
    def transaction_statements(self) -> int:
        return sum(group.count for group in self.groups if not group.is_query)

    @cached_property
    def rows_fetched(self) -> int:
        return sum(group.rows for group in self.groups)

    @cached_property
    def rows_affected(self) -> int:
        return sum(group.affected for group in self.groups)

    @cached_property
    def cells_fetched(self) -> int:
        return sum(group.cells for group in self.groups)

    @cached_property
    def database_ns(self) -> int:
        return sum(group.total_ns for group in self.groups)

    @property
    def python_ns(self) -> int:
        """The rest of the time; none where threads have the database work for several at once."""
        return max(0, self.wall_ns - self.database_ns)

    def split(self, wall_ns: float) -> tuple[float, float]:
        """Return (database, Python) of another run's time by this run's shares. Nanoseconds."""
        share = min(1, self.database_ns / self.wall_ns) if self.wall_ns else 0
        return wall_ns * share, wall_ns * (1 - share)


def group_statements(statements: Iterable[Statement], places: PlaceStrategy) -> tuple[Group, ...]:
    """Return one Group for each (statement, place), in the order of their first execution."""
    return tuple(_group(executions, place) for place, executions in executions_by_group(statements, places))


def executions_by_group(
    statements: Iterable[Statement], places: PlaceStrategy
) -> list[tuple[Place | None, list[Execution]]]:
    """Return what becomes of each Group: [(place, [(index, statement), …])]."""
    # By place, not by spot: Python 3.11 runs a call that it has specialised at another instruction.
    found: dict[tuple[str, str, Place | None, str, Way], list[Execution]] = {}
    resolved: dict[tuple[object, int] | None, Place | None] = {None: None}
    for index, statement in enumerate(statements, start=1):
        where = None if statement.spot is None else spot_key(statement.spot)
        if where not in resolved:
            resolved[where] = places.resolve(statement.spot)
        same = (statement.database, statement.text, resolved[where], statement.cause, statement.way)
        found.setdefault(same, []).append((index, statement))
    return [(place, executions) for (_, _, place, *_), executions in found.items()]


def _group(executions: list[Execution], place: Place | None) -> Group:
    index, first = executions[0]
    statements = [statement for _, statement in executions]
    seen: dict[str, Any] = {}
    for statement in statements:
        seen.setdefault(repr(statement.params), statement.params)
    return Group(
        index=index,
        kind=first.kind,
        sql=first.text,
        count=len(statements),
        rows=sum(statement.rows for statement in statements),
        columns=max(statement.columns for statement in statements),
        affected=sum(statement.affected for statement in statements),
        execute_ns=sum(statement.execute_ns for statement in statements),
        fetch_ns=sum(statement.fetch_ns for statement in statements),
        cause=first.cause,
        way=in_order(first.way),
        place=place,
        distinct=len(seen),
        samples=tuple(list(seen.values())[:_SAMPLES]),
        error=next((statement.error for statement in statements if statement.error), None),
        may_affect_more=any(statement.may_affect_more for statement in statements),
        database=first.database,
    )
