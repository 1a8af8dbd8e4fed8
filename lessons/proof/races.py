"""Proves that each declared race gives its declared outcome."""

from collections.abc import Mapping, Sequence

from lab.race import isolation_levels
from lab.race.report import End
from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.contract import Race, Variant
from lessons.proof.findings import About, Proof
from lessons.proof.runs import BOUNDS
from lessons.runs.code import promise_of
from lessons.runs.shelved import ShelvedLesson, race_shelf


def prove_races(proof: Proof, shelves: Sequence[Shelf] = ()) -> None:
    """Run the races of the proof's lesson on its engine, on a shelf of their own, and note what is amiss."""
    lesson, shelved = proof.lesson, proof.on(race_shelf(proof.engine.name))
    for variant in lesson.variants:
        races = {number: race for number, race in enumerate(variant.races) if is_told_on(race, proof.engine.name)}
        if races and not promise_of(lesson, variant):
            what = f"invariant() of {variant.name}"
            proof.fault(About.CODE, what, "does not say what must hold.", "Give it a docstring.", here=False)
        with shelved.race_template(variant) as template:
            for number, race in races.items():
                _prove_race(proof, shelved, variant, number, race, template=template)


def is_told_on(race: Race, engine_name: str) -> bool:
    """Whether an outcome on this engine is declared, or is to be recorded: none is, and the engine can race so."""
    if race.outcome:
        return engine_name in race.outcome
    return race.isolation in (None, *isolation_levels(engine_name))


def _prove_race(
    proof: Proof, shelved: ShelvedLesson, variant: Variant, number: int, race: Race, **options: object
) -> None:
    def fault(about: About, does: str, remedy: str) -> None:
        proof.fault(about, f"the race “{race.title}” of {variant.name}", does, remedy)

    report = shelved.race(variant, race.schedule, isolation=race.isolation, bounds=BOUNDS, **options)
    declared = race.outcome.get(proof.engine.name, {})
    if report.status == Status.UNAVAILABLE:
        proof.unavailable[variant.name] = report.error or ""
        return
    if report.status != Status.OK:
        fault(About.CODE, f"{report.status}: {report.error}.", "Mend its sessions.")
        return
    proof.outcomes[variant.name, number] = report.outcome
    failed = [finish for finish in report.finishes if finish.end == End.ERROR != declared.get(finish.session)]
    if failed:
        does = f"ends in an error of {failed[0].session}, {failed[0].error}."
        line = f'outcome.{proof.engine.name}.{failed[0].session} = "error"'
        fault(About.CODE, does, f"Mend it, or declare {line}, and let check_lessons --record write the rest.")
    elif variant.name == "optimized" and not report.kept:
        fault(About.ROWS, f"breaks its invariant: {report.words}", "Mend optimized.py, or invariant() in race.py.")
    elif declared and report.outcome != declared:
        fault(
            About.OUTCOME,
            f"ends with {_told(report.outcome)}, and declares {_told(declared)}.",
            "Mend the sessions, or let check_lessons --record write what happens.",
        )


def _told(outcome: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {end}" for name, end in sorted(outcome.items()))
