"""The isolation matrix: what each isolation level of each engine lets through."""

from dataclasses import dataclass

from lab.engines import Engine, all_engines
from lab.exceptions import EngineUnavailable
from lab.race import isolation_levels
from lessons.course.contract import Lesson, Variant
from lessons.measured.matrix import Effect, Trial, kept_trials, latest_trials
from lessons.pages.addresses import Addresses
from lessons.pages.base import Measured, PageOfAll
from lessons.runs.shelved import ShelvedLesson, race_shelf

_SIGNS = {Effect.PREVENTED: "✓", Effect.OCCURS: "✗", Effect.ABORTS: "!", Effect.NONE: "–"}


@dataclass(frozen=True, kw_only=True)
class TrialCell:
    """One cell of the table: a race."""

    head: "EngineColumns"
    cell: Trial
    url: str  # of the race
    first: bool  # of its engine

    @property
    def sign(self):
        return _SIGNS[self.cell.effect]

    @property
    def says(self):
        """The words of its title: who waited, and what the invariant says."""
        waited = " and ".join(name.capitalize() for name in self.cell.waited)
        return f"{waited} waited. {self.cell.words}" if waited else self.cell.words


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Where an engine has no results, or a race was not run yet."""

    head: "EngineColumns"
    span: int  # columns
    first: bool = True  # of its engine


@dataclass(frozen=True, kw_only=True)
class EngineColumns:
    """One engine of the table."""

    lesson: Lesson
    engine: Engine
    current: bool
    cells: dict[tuple[str, str], Trial]  # by level and variant, of those races that were run
    off: str | None  # why it cannot be asked

    @property
    def levels(self):
        return isolation_levels(self.engine.name)

    @property
    def version(self):
        """Of the server that the races were run on."""
        return ", ".join(sorted({cell.version for cell in self.cells.values()}))

    @property
    def settings(self):
        """What decides there what the server itself takes a level's name for: [(name, value)]."""
        return sorted({setting for cell in self.cells.values() for setting in cell.settings})

    @property
    def is_whole(self):
        return len(self.cells) == len(self.levels) * len(self.lesson.matrix)

    @property
    def occurring(self):
        """[(level, how many anomalies occur)] of those levels at which all were run."""
        verdicts = {
            level: [self.cells[level, name].effect for name in self.lesson.matrix if (level, name) in self.cells]
            for level in self.levels
        }
        return [
            (level, found.count(Effect.OCCURS))
            for level, found in verdicts.items()
            if len(found) == len(self.lesson.matrix)
        ]

    @property
    def occurs(self):
        """Whether any anomaly does."""
        return any(count for _, count in self.occurring)

    @property
    def url(self):
        """Runs what was not run."""
        return Addresses(self.lesson).page("matrix", engine=self.engine.name)

    def fields(self, variant):
        """A TrialCell or a Gap for each level; without any result one Gap, in the first row."""
        if self.cells:
            return [self._field(variant, level) for level in self.levels]
        return [Gap(head=self, span=len(self.levels))] if variant.name == self.lesson.matrix[0] else []

    def _field(self, variant, level):
        first = level == self.levels[0]
        if (level, variant.name) not in self.cells:
            return Gap(head=self, span=1, first=first)
        schedule = " ".join(variant.races[0].schedule)
        shelf = race_shelf(self.engine.name)
        url = Addresses(self.lesson).variant(variant, shelf, isolation=level, schedule=schedule)
        return TrialCell(head=self, cell=self.cells[level, variant.name], url=url, first=first)


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    variant: Variant
    url: str
    fields: tuple[TrialCell | Gap, ...]


@dataclass(frozen=True, kw_only=True)
class Matrix(Measured, PageOfAll):
    """The part of the page that a switch swaps."""

    engine: Engine
    heads: tuple[EngineColumns, ...]

    current = "matrix"
    shelf_choices = ()  # races have one size

    @property
    def rows(self):
        return [self._row(self.lesson.variant(name)) for name in self.lesson.matrix]

    def _row(self, variant):
        fields = tuple(field for head in self.heads for field in head.fields(variant))
        return MatrixRow(variant=variant, url=self.addresses.variant(variant, self.shelf), fields=fields)

    @property
    def head(self):
        """The engine that is asked."""
        return next(head for head in self.heads if head.current)

    @property
    def goes_on(self):
        """Whether races of this engine are left to run."""
        return not self.head.off and not self.head.is_whole

    @property
    def measured_at(self):
        """When the first of what is shown of this engine was run."""
        return min(cell.measured_at for cell in self.head.cells.values())

    @property
    def measure_url(self):
        return self.addresses.page("matrix", engine=self.engine.name, measure=1)


def make_matrix(lesson, engine, *, again=False):
    """Run races of the engine that were not lately run, and return the Matrix. Raises as latest_cells()."""
    heads = tuple(_head(lesson, each, engine, again) for each in all_engines())
    shelved = ShelvedLesson(lesson=lesson, shelf=race_shelf(engine.name))
    return Matrix(shelved=shelved, engine=engine, heads=heads)


def _head(lesson, engine, asked, again):
    cells, off = None, engine.off()
    if engine is asked:
        try:
            cells, off = latest_trials(lesson, engine.name, again=again), None
        except EngineUnavailable as error:
            off = str(error)
    if cells is None:
        cells = kept_trials(lesson, engine.name)
    return EngineColumns(lesson=lesson, engine=engine, current=engine is asked, cells=cells, off=off)
