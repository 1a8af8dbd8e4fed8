"""Runs a variant's sessions in every order of their turns."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import timezone

from lab.race import isolation_levels
from lab.recording.report import Status
from lessons.measured.latest import latest

MOST_ORDERS = 100  # that a page runs
SECONDS = 20  # that a page takes: on a server, each race has its own copy of a database


@dataclass(frozen=True, kw_only=True)
class Order:
    """How one race ended. error: why it was stopped, or could not run; it has no outcome then"""

    schedule: tuple[str, ...]
    outcome: dict[str, str]
    words: str  # of the invariant
    error: str | None = None

    @property
    def kept(self):
        return self.outcome.get("invariant") == "kept"


@dataclass(frozen=True, kw_only=True)
class AllOrders:
    orders: tuple[Order, ...]
    is_complete: bool  # whether there are no others
    measured_at: datetime  # when the last race ended


def latest_orders(shelved, variant, *, isolation=None, again=False):
    """Return AllOrders of a variant, run now or lately.

    again: accept none that was there before. Raises Busy while another reader's page takes long, and LabError or
    LessonError like ShelvedLesson.race().
    """
    lesson, shelf = shelved.lesson, shelved.shelf
    level = isolation or isolation_levels(shelf.engine_name)[0]
    key = "/".join(["orders", lesson.path, variant.name, shelf.engine_name, level.replace(" ", "-")])
    return latest(key, partial(_run, shelved, variant, isolation), again=again)


def _run(shelved, variant, isolation):
    orders = shelved.race_in_all_orders(variant, isolation=isolation, most=MOST_ORDERS, seconds=SECONDS)
    return AllOrders(
        orders=tuple(_order(report) for report in orders.reports),
        is_complete=orders.is_complete,
        measured_at=timezone.now(),
    )


def _order(report):
    error = None if report.status == Status.OK else report.error
    return Order(schedule=report.schedule, outcome=report.outcome, words=report.words, error=error)
