"""A race as a table: a row for each turn, a column for each session."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import mark_safe

from lab.race import WAIT, Finish, RaceReport, Step, Wait
from lessons.course.contract import Lesson
from lessons.pages.races.watched import WatchedRows, compare_watched
from lessons.words.listing import Line, list_file
from lessons.words.races import short_sql, tell_finish, tell_step, tell_wait


@dataclass(frozen=True, kw_only=True)
class Code:
    """The line of a file that a statement comes from."""

    file: str
    line: Line

    @property
    def html(self):
        return mark_safe(self.line.html.strip())


@dataclass(frozen=True, kw_only=True)
class LaneStatement:
    """A statement in a lane: one that ended, or one that begins to wait."""

    code: Code | None
    short: str
    words: str
    step: Step | None = None  # where it ended
    key: int | None = None  # of the expression that fired it
    is_first: bool = False  # of that expression

    @property
    def failed(self):
        return self.step is not None and self.step.error is not None


@dataclass(frozen=True, kw_only=True)
class LaneCell:
    """What a session does in a turn."""

    session: str
    lane: int  # from 1
    statements: tuple[LaneStatement, ...] = ()
    stands: str = ""  # "still waits for alice"
    finish: str = ""  # "returns 'sold'"
    error: str = ""  # that ended it, where no statement above tells it

    @property
    def is_idle(self):
        return not (self.statements or self.stands or self.finish)


@dataclass(frozen=True, kw_only=True)
class LaneRow:
    """One turn. number: 0 is the state before the first."""

    number: int
    session: str  # or WAIT
    key: str  # "bob-2": the second turn of bob, whichever turn of the race that is
    lane: int
    cells: tuple[LaneCell, ...]
    watched: WatchedRows | None
    able: tuple[str, ...]  # the sessions that could look at the rows at stake now
    unseen: str = ""  # as Turn.unseen

    @property
    def is_wait(self):
        return self.session == WAIT


@dataclass(frozen=True, kw_only=True)
class Fired:
    """The statements of one expression, as lessons.words.listing marks them."""

    place: object
    index: int
    count: int
    is_query: bool


class Lanes:
    """The rows of a RaceReport, and the expressions that fired its statements."""

    def __init__(self, lesson: Lesson, report: RaceReport):
        self.lesson, self.report = lesson, report
        self._files: dict = {}  # their lines, by name
        self._seen: set = set()  # places whose first statement is told

    @cached_property
    def fired(self):
        """A Fired for each place, numbered in the order of the race."""
        counts: dict = {}
        for step in (step for turn in self.report.turns for step in turn.steps):
            counts.setdefault(step.place, []).append(step)
        return [
            Fired(place=place, index=index, count=len(steps), is_query=steps[0].kind != "transaction")
            for index, (place, steps) in enumerate(counts.items(), start=1)
            if place is not None
        ]

    @cached_property
    def rows(self):
        return [*self._before(), *self._turns()]

    def _before(self):
        if self.report.rows is not None:
            watched = compare_watched(self.report.rows, self.report.rows)
            able = tuple(name for name in self.lesson.sessions if name not in self._over_before())
            yield LaneRow(number=0, session="", key="start", lane=0, cells=(), watched=watched, able=able)

    def _over_before(self):
        """The sessions that ended without a turn."""
        later = {finish.session for turn in self.report.turns for finish in turn.finishes}
        return {finish.session for finish in self.report.finishes} - later

    def _turns(self):
        before, over = self.report.rows, self._over_before()
        waited: dict[str, Wait] = {}
        failed: set[str] = set()
        had = dict.fromkeys((*self.lesson.sessions, WAIT), 0)
        for turn in self.report.turns:
            cells = tuple(self._cell(turn, name, waited) for name in self.lesson.sessions)
            waited = {wait.session: wait for wait in turn.waits}
            over |= {finish.session for finish in turn.finishes}
            for step in turn.steps:
                (failed.add if step.error else failed.discard)(step.session)
            had[turn.session] += 1
            yield LaneRow(
                number=turn.number,
                session=turn.session,
                key=f"{turn.session}-{had[turn.session]}",
                lane=self._lane(turn.session),
                cells=cells,
                watched=None if turn.rows is None else compare_watched(before or (), turn.rows),
                able=tuple(name for name in self.lesson.sessions if name not in {*waited, *over, *failed}),
                unseen=turn.unseen,
            )
            before = turn.rows

    def _lane(self, name):
        return 0 if name == WAIT else self.lesson.sessions.index(name) + 1

    def _cell(self, turn, name, waited):
        statements = [self._done(step) for step in turn.steps if step.session == name]
        stands = ""
        for wait in turn.waits:
            if wait.session == name and name in waited:
                stands = tell_wait(wait.waits_for, still=True)
            elif wait.session == name:
                statements.append(self._begun(wait))
        ends = [finish for finish in turn.finishes if finish.session == name]
        return LaneCell(
            session=name,
            lane=self._lane(name),
            statements=tuple(statements),
            stands=stands,
            finish="".join(map(tell_finish, ends)),
            error="".join(self._untold(finish) for finish in ends),
        )

    def _done(self, step):
        fired = next((each for each in self.fired if each.place == step.place), None)
        is_first = fired is not None and step.place not in self._seen
        self._seen.add(step.place)
        return LaneStatement(
            code=self._code(step.place),
            short=short_sql(step.sql, step.params),
            words=tell_step(step),
            step=step,
            key=fired and fired.index,
            is_first=is_first,
        )

    def _begun(self, wait):
        return LaneStatement(
            code=self._code(wait.place), short=short_sql(wait.sql, wait.params), words=tell_wait(wait.waits_for)
        )

    def _untold(self, finish: Finish):
        """The error of a session, unless one of its statements tells it."""
        steps = [step for turn in self.report.turns for step in turn.steps if step.session == finish.session]
        told = {step.error for step in steps}
        return finish.error if finish.error and finish.error not in told else ""

    def _code(self, place):
        if place is None:
            return None
        if place.file not in self._files:
            self._files[place.file] = list_file(self.lesson.folder / place.file, name=place.file).lines
        return Code(file=place.file, line=self._files[place.file][place.line - 1])
