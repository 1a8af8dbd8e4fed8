"""Sees every access of a run, also those that send no statement."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import get_ident
from types import CodeType, FrameType
from typing import Any, Self

from django.db.backends.base.base import BaseDatabaseWrapper
from django.template.defaulttags import ForNode

from lab.recording.entry_points import ENTRY_POINTS, ITERATION, LEN, Answer, EntryPoint
from lab.recording.recorder import Recorder
from lab.recording.spots import Spot, spot_key
from lab.recording.statements import Statement

_LESSON = EntryPoint("lesson")  # stands for a lesson's code that the ORM calls back
_HALVES = {ITERATION: LEN, LEN: ITERATION}


@dataclass(kw_only=True)
class Tally:
    """Accesses of one spot, name and answer."""

    index: int  # of the first
    spot: Spot | None
    what: str
    answer: Answer
    count: int = 0
    statements: list[int] = field(default_factory=list)  # indexes of queries


class AccessRecorder(Recorder):
    """A Recorder that watches the entries of the ORM too, through this thread's profile function.

    Python profiles no function while it runs the profile function, and none of another thread.
    """

    def __init__(self, connection: BaseDatabaseWrapper, **options: Any) -> None:
        super().__init__(connection, **options)
        self.tallies: dict[tuple[object, str, Answer], Tally] = {}
        self._count = 0
        self._under_way: list[_Call] = []
        self._known: dict[int, EntryPoint | None] = dict(ENTRY_POINTS)
        self._codes: list[CodeType] = []  # keeps the ids of self._known taken
        # What would be the same evaluation as the access before.
        self._half: tuple[EntryPoint, tuple[object, ...]] | None = None

    def __enter__(self) -> Self:
        super().__enter__()
        self._thread = get_ident()
        self._replaced = sys.getprofile()
        sys.setprofile(self._profile())
        return self

    def __exit__(self, *exception: object) -> None:
        # Python 3.11 shows cProfile's own here, which cannot be set again.
        sys.setprofile(self._replaced if callable(self._replaced) else None)
        super().__exit__(*exception)

    def note(self, sql: str, params: Any, many: bool, frame: FrameType, *database: str) -> Statement:
        statement = super().note(sql, params, many, frame, *database)
        if statement.kind != "transaction":
            index = len(self.statements)
            if get_ident() == self._thread and self._is_within_entry():
                self._under_way[-1].statements.append(index)
            else:
                self._add(statement.spot, statement.cause, Answer.DATABASE, [index])
        return statement

    def forget(self, statement: Statement) -> None:
        index = self.statements.index(statement) + 1
        super().forget(statement)
        noted = [call.statements for call in self._under_way] + [
            tally.statements for tally in self.tallies.values()
        ]
        for indexes in noted:
            if index in indexes:
                indexes.remove(index)

    def _profile(self) -> Callable[[FrameType, str, object], None]:
        """The profile function, called for every call and return, C's included: nearly all leave it at once."""
        known, under_way = self._known, self._under_way

        def profile(frame: FrameType, event: str, arg: object) -> None:
            if event == "call":
                try:
                    entry = known[id(frame.f_code)]
                except KeyError:
                    entry = self._learn(frame.f_code)
                if entry is not None:
                    self._called(frame, entry)
            elif event == "return" and under_way and under_way[-1].frame is frame:
                self._returned(under_way.pop())

        return profile

    def _learn(self, code: CodeType) -> EntryPoint | None:
        self._codes.append(code)
        entry = self._known[id(code)] = _LESSON if self.places.owns(code) else None
        return entry

    def _is_within_entry(self) -> bool:
        return bool(self._under_way) and self._under_way[-1].entry is not _LESSON

    def _called(self, frame: FrameType, entry: EntryPoint) -> None:
        """Only the outermost entry counts; but the ORM may call a lesson's code, whose entries count again."""
        if self._is_within_entry() == (entry is _LESSON):
            at_hand = entry.at_hand(frame.f_locals)
            self._under_way.append(_Call(frame, entry, at_hand))

    def _returned(self, call: "_Call") -> None:
        answer = Answer.DATABASE if call.statements else call.at_hand or call.entry.unasked(call.frame.f_locals)
        if answer is None:
            return
        self.check()
        spot, *_ = self.places.locate(call.frame)
        if not self._is_other_half(call, spot):
            self._add(spot, _name(call, spot), answer, call.statements)

    def _is_other_half(self, call: "_Call", spot: Spot | None) -> bool:
        """Whether it goes with the access before: list() asks for the length too, {% for %} does so first."""
        if call.entry not in _HALVES:
            self._half = None
            return False
        evaluation = (spot and spot_key(spot), id(call.frame.f_back), id(call.frame.f_locals["self"]))
        is_half = self._half == (call.entry, evaluation)
        self._half = None if is_half else (_HALVES[call.entry], evaluation)
        return is_half

    def _add(self, spot: Spot | None, what: str, answer: Answer, statements: list[int]) -> None:
        self._count += 1
        same = (spot and spot_key(spot), what, answer)
        if same not in self.tallies:
            self.tallies[same] = Tally(index=self._count, spot=spot, what=what, answer=answer)
        tally = self.tallies[same]
        tally.count += 1
        tally.statements += statements


class _Call:
    """A call of an entry, until it returns."""

    __slots__ = ("at_hand", "entry", "frame", "statements")

    def __init__(self, frame: FrameType, entry: EntryPoint, at_hand: Answer | None) -> None:
        self.frame, self.entry, self.at_hand = frame, entry, at_hand
        self.statements: list[int] = []  # indexes of queries


def _name(call: _Call, spot: Spot | None) -> str:
    if call.entry is LEN and isinstance(spot, ForNode):
        return ITERATION.what
    return call.entry.name(call.frame.f_locals)
