"""A variant's sessions in every order of their turns: in how many the invariant breaks, and in which."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial

from lessons.course.contract import Variant
from lessons.measured.orders import AllOrders, Order, latest_orders
from lessons.pages.base import Measured
from lessons.pages.races.base import RacesPage
from lessons.pages.waiting import what_runs


@dataclass(frozen=True, kw_only=True)
class OrderRow:
    """One order: each turn with the lane of its session, and a link to the race."""

    order: Order
    url: str
    turns: tuple[tuple[str, int], ...]  # (session, lane from 1)
    ends: tuple[tuple[str, str], ...]  # (session, how it ended)


@dataclass(frozen=True, kw_only=True)
class OrdersPage(Measured, RacesPage):
    """The part of the page that a switch swaps."""

    variant: Variant
    measured: AllOrders

    @property
    def raced(self):
        return self.variant

    @property
    def heading(self):
        return f"All orders of {self.variant.called}"

    @property
    def current(self):
        return self.variant.name

    def work_on(self, engine):
        return what_runs(self.lesson, "orders", engine)

    def there(self, shelf, **said):
        return self.addresses.orders(self.variant, shelf, **said)

    def to_variant(self, variant):
        return self.address.url(partial(self.addresses.orders, variant), look="")

    @property
    def measured_at(self):
        return self.measured.measured_at

    @property
    def measure_url(self):
        return self.there(self.shelf, isolation=self.isolation, measure=1)

    @property
    def error(self):
        """Why a race was stopped, or none could run."""
        return next((order.error for order in self.measured.orders if order.error), None)

    @property
    def ended(self):
        return [order for order in self.measured.orders if order.error is None]

    @property
    def broken(self):
        return [order for order in self.ended if not order.kept]

    @property
    def outcomes(self):
        """[(ends, number of orders, whether the invariant is kept)]: those that break it, then by number."""
        counts = Counter((order.kept, self._ends(order)) for order in self.ended)
        rows = [(ends, count, kept) for (kept, ends), count in counts.items()]
        return sorted(rows, key=lambda row: (row[2], -row[1], row[0]))

    @property
    def rows(self):
        """The OrderRows, those that break the invariant first, then as the sessions have their turns."""
        rank = self.lesson.sessions.index
        there = partial(self.addresses.variant, self.variant)
        ranked = sorted(self.ended, key=lambda order: (order.kept, [rank(name) for name in order.schedule]))
        return [
            OrderRow(
                order=order,
                url=self.address.url(there, schedule=order.schedule),
                turns=tuple((name, rank(name) + 1) for name in order.schedule),
                ends=self._ends(order),
            )
            for order in ranked
        ]

    def _ends(self, order):
        return tuple((name, order.outcome.get(name, "")) for name in self.lesson.sessions)


def make_orders(variant, address, *, again=False):
    """Run the races, unless they lately were, and return the OrdersPage."""
    isolation = address.isolation_of(variant)
    address = replace(address.played(variant), schedule=None, look="")
    measured = latest_orders(address.shelved, variant, isolation=isolation, again=again)
    return OrdersPage(shelved=address.shelved, variant=variant, address=address, measured=measured)
