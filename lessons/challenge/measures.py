"""What a challenge compares beside the rows: figures of a run, each as low as the reference's is right."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from lab.recording.report import Group, Report
from lessons.course.contract import Lesson


@dataclass(frozen=True, kw_only=True)
class Measure:
    name: str
    of_run: Callable[[Report], int]
    of_group: Callable[[Group], int]
    does: str  # what a run does, with its figure: "runs 3 queries"
    one: str
    many: str

    def told(self, figure: int) -> str:
        return f"{figure:,} {self.one if figure == 1 else self.many}"


QUERIES = Measure(
    name="queries",
    of_run=attrgetter("queries"),
    of_group=lambda group: group.count if group.is_query else 0,
    does="runs",
    one="query",
    many="queries",
)
ROWS = Measure(
    name="rows",
    of_run=attrgetter("rows_fetched"),
    of_group=attrgetter("rows"),
    does="fetches",
    one="row",
    many="rows",
)
CELLS = Measure(
    name="cells",
    of_run=attrgetter("cells_fetched"),
    of_group=attrgetter("cells"),
    does="fetches",
    one="cell",
    many="cells",
)
STEPS = "steps"  # of the database, see lessons.challenge.steps
_JUDGED = {"rows": (ROWS,), "fields": (CELLS,), "memory": (ROWS, CELLS)}


def measures_of(lesson: Lesson) -> tuple[Measure, ...]:
    """Those that the lesson saves, by its [saves]: none where it is about right rows alone."""
    saves = set(lesson.saves)
    if saves == {"correctness"}:
        return ()
    judged = {measure for kind in saves for measure in _JUDGED.get(kind, ())}
    return tuple(measure for measure in (QUERIES, ROWS, CELLS) if measure is QUERIES or measure in judged)


def judges_steps(lesson: Lesson) -> bool:
    """Whether all that it saves is the database's time: nothing else of a run would show it."""
    return set(lesson.saves) == {"time"}


def names_of(lesson: Lesson) -> list[str]:
    """Names of all that is judged beside the rows."""
    return [*(measure.name for measure in measures_of(lesson)), *([STEPS] if judges_steps(lesson) else [])]
