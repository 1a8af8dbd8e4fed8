"""The isolation matrix: what each isolation level of each engine lets through."""

from collections import Counter
from dataclasses import dataclass

from lab.engines import Engine, all_engines
from lab.exceptions import EngineUnavailable
from lab.race import isolation_levels
from lessons.course.contract import Lesson, Variant
from lessons.measured.matrix import LONG, Effect, Trial, effect_on_forms, kept_trials, latest_trials
from lessons.pages.addresses import Addresses
from lessons.pages.base import Measured, PageOfAll
from lessons.pages.races.matrix_cells import Form, Gap, TrialCell
from lessons.runs.shelved import ShelvedLesson, race_shelf


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
        return len(self.cells) == len(self.levels) * sum(map(len, self.lesson.matrix))

    @property
    def occurring(self):
        """[(level, how many anomalies occur, how many of them by a write alone)] where all of a level were run."""
        found = {level: [self._effect(forms, level) for forms in self.lesson.matrix] for level in self.levels}
        counts = {level: Counter(effects) for level, effects in found.items() if None not in effects}
        return [
            (level, count[Effect.OCCURS] + count[Effect.READS_ONLY], count[Effect.READS_ONLY])
            for level, count in counts.items()
        ]

    def _effect(self, forms, level):
        """The Effect on an anomaly there, None where a form of it was not run."""
        trials = [self.cells[level, name] for name in forms if (level, name) in self.cells]
        return effect_on_forms([trial.effect for trial in trials]) if len(trials) == len(forms) else None

    @property
    def occurs(self):
        """Whether any anomaly does."""
        return any(count for _, count, _ in self.occurring)

    @property
    def url(self):
        """Runs what was not run."""
        return Addresses(self.lesson).page("matrix", engine=self.engine.name)

    def fields(self, forms):
        """A TrialCell or a Gap for each level; without any result one Gap, in the first row."""
        if self.cells:
            return [self._field(forms, level) for level in self.levels]
        return [Gap(head=self, span=len(self.levels))] if forms == self.lesson.matrix[0] else []

    def _field(self, names, level):
        first = level == self.levels[0]
        if self._effect(names, level) is None:
            return Gap(head=self, span=1, first=first)
        reads, *writes = (self._form(name, level) for name in names)
        return TrialCell(head=self, first=first, reads=reads, write=next(iter(writes), None))

    def _form(self, name, level):
        variant = self.lesson.variant(name)
        schedule = " ".join(variant.races[0].schedule)
        shelf = race_shelf(self.engine.name)
        url = Addresses(self.lesson).variant(variant, shelf, isolation=level, schedule=schedule)
        return Form(trial=self.cells[level, name], url=url)


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
        return [self._row(forms) for forms in self.lesson.matrix]

    def _row(self, forms):
        variant = self.lesson.variant(forms[0])
        fields = tuple(field for head in self.heads for field in head.fields(forms))
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
    def has_gaps(self):
        """Whether any engine has some results and not all."""
        return any(head.cells and not head.is_whole for head in self.heads)

    @property
    def long(self):
        """Seconds for which a visit runs races."""
        return LONG

    @property
    def measured_at(self):
        """When the first of what is shown of this engine was run; None where nothing is."""
        return min((cell.measured_at for cell in self.head.cells.values()), default=None)

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
