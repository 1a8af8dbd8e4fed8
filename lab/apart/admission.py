"""Who gets a runner, who waits for one, and who is told at once to come back later.

Light work is a run or two; heavy work is many, and may not have every runner. Nobody waits who would wait longer
than a reader would, and not many wait at all: each who does holds a thread of the site's.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_urlsafe

PATIENCE = {False: 5.0, True: 10.0}  # seconds that a reader waits for light work to begin, and for heavy
_FIRST_GUESS = {False: 0.3, True: 4.0}  # seconds that work takes, light and heavy, before any has ended
_WEIGHT = 0.2  # of the latest, in what work takes
_ROOM = 1.5  # since not everybody waits to be called
_LONGEST = 120  # seconds, at the most: many who are told to come back never do
_LONG = 2.0  # seconds: what lately took longer is heavy, whatever it is
_LEFT = 0.5  # seconds that a run which takes longer than it lately did is expected to go on
_MOST_KNOWN = 1_000
_MOST_TICKETS = 10_000
_EARLY, _LATE = 1.0, 10.0  # seconds around the time that was told in which a ticket counts


@dataclass(frozen=True)
class Refusal:
    retry_after: int  # seconds
    ticket: str  # who shows it then goes before those who only try again and again


@dataclass(eq=False)
class Place:
    """One who waits, or has a runner."""

    heavy: bool
    key: str  # of work whose result is for all; "" for work that is one's own
    what: str  # in words, for an operator
    promised: bool = False  # whether it was told to come now
    began: float | None = None
    followers: list["Place"] = field(default_factory=list)  # who wait for the same result


class Admission:
    """runners: how many there are. waiting: how many may wait. clock: seconds, monotonic"""

    def __init__(self, runners: int, waiting: int, clock: Callable[[], float]) -> None:
        self.runners, self.most_waiting, self.clock = runners, waiting, clock
        self.heavy_most = max(1, runners - 1)
        self.waiting: list[Place] = []
        self.running: list[Place] = []
        self.refused = 0
        self._took = dict(_FIRST_GUESS)
        self._known: dict[str, float] = {}  # seconds that this very work took lately, by what it is
        self._tickets: dict[str, float] = {}  # when each is to be shown
        self._promised = {False: 0.0, True: 0.0}  # until when those who were refused have been told to come back

    def ask(self, heavy: bool, key: str = "", what: str = "", ticket: str = "") -> Place | Refusal:
        """Return a Place: one that waits, or follows one of the same key; or a Refusal."""
        heavy = heavy or self._known.get(what, 0) > _LONG
        place = Place(heavy=heavy, key=key, what=what, promised=self._is_due(ticket))
        first = next((each for each in self.running + self.waiting if key and each.key == key), None)
        waits = 0 if first else self._wait(heavy)
        if not place.promised and (self._is_full(heavy, follows=first is not None) or waits > PATIENCE[heavy]):
            return self._refuse(heavy, ticket)
        if first is not None:
            first.followers.append(place)
        else:
            ahead = self.waiting if not place.promised else [each for each in self.waiting if each.promised]
            self.waiting.insert(len(ahead), place)
        self._tickets.pop(ticket, None)
        return place

    def grant(self, free: int) -> Place | None:
        """Return who has the next runner, of `free` that are idle, and begins now; None where nobody may."""
        heavies = sum(each.heavy for each in self.running)
        for place in self.waiting if free else ():
            if not place.heavy or heavies < self.heavy_most:
                self.waiting.remove(place)
                self.running.append(place)
                place.began = self.clock()
                return place
        return None

    def end(self, place: Place) -> list[Place]:
        """Take away one who is done, or has left. Returns those who followed it."""
        if place in self.running:
            self.running.remove(place)
            self._learn(place, self.clock() - (place.began or 0))
        elif place in self.waiting:
            self.waiting.remove(place)
        for each in self.running + self.waiting:
            if place in each.followers:
                each.followers.remove(place)
        return place.followers

    def _is_due(self, ticket: str) -> bool:
        """Whether it was given for now. Not many can be: each who waits holds a thread."""
        due = self._tickets.get(ticket)
        is_due = due is not None and -_EARLY <= self.clock() - due <= _LATE
        return is_due and sum(each.promised for each in self._all_waiting()) < self.most_waiting // 2

    def _learn(self, place: Place, took: float) -> None:
        self._took[place.heavy] += _WEIGHT * (took - self._took[place.heavy])
        if not place.what:
            return
        self._known[place.what] = (took + self._known.pop(place.what, took)) / 2
        if len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]  # what was asked for least lately

    def _expect(self, place: Place) -> float:
        """Seconds that it will take, as far as can be told."""
        return self._known.get(place.what, self._took[place.heavy])

    def count_waiting(self, heavy: bool | None = None) -> int:
        """How many hold a thread and have no runner."""
        return sum(heavy in (None, each.heavy) for each in self._all_waiting())

    def _all_waiting(self) -> list[Place]:
        followers = [each for place in self.running + self.waiting for each in place.followers]
        return self.waiting + followers

    def _is_full(self, heavy: bool, *, follows: bool) -> bool:
        if not follows and self._begins_at_once(heavy):
            return False
        most_heavy = max(1, self.most_waiting // 2)
        return self.count_waiting() >= self.most_waiting or (heavy and self.count_waiting(True) >= most_heavy)

    def _begins_at_once(self, heavy: bool) -> bool:
        heavies = sum(each.heavy for each in self.running)
        return not self.waiting and len(self.running) < self.runners and (not heavy or heavies < self.heavy_most)

    def _wait(self, heavy: bool) -> float:
        """Seconds until one who comes now would have a runner, as far as can be told."""
        if self._begins_at_once(heavy):
            return 0
        now = self.clock()
        left = sorted(
            max(_LEFT, self._expect(each) - (now - (each.began or now)))
            for each in self.running
            if each.heavy or not heavy or self.runners == 1
        )
        share = self.heavy_most if heavy else max(1, self.runners - sum(each.heavy for each in self.running))
        ahead = sum(self._expect(each) for each in self.waiting if each.heavy == heavy)
        return (left[0] if left and len(self.running) >= share else 0) + ahead / share

    def _refuse(self, heavy: bool, ticket: str) -> Refusal:
        """Who comes before the time that he was told keeps it."""
        self.refused += 1
        now, due = self.clock(), self._tickets.pop(ticket, 0)
        if due - now <= _EARLY:
            ticket, due = token_urlsafe(9), self._promise(heavy, now)
        self._tickets[ticket] = due
        if len(self._tickets) > _MOST_TICKETS:
            del self._tickets[next(iter(self._tickets))]  # the oldest
        return Refusal(max(1, math.ceil(due - now)), ticket)

    def _promise(self, heavy: bool, now: float) -> float:
        """When to come back: one after another, as far as each takes what work has taken lately."""
        share = self.heavy_most if heavy else self.runners
        next_one = max(self._promised[heavy], now + self._wait(heavy)) + _ROOM * self._took[heavy] / share
        self._promised[heavy] = min(next_one, now + _LONGEST)
        return self._promised[heavy]
