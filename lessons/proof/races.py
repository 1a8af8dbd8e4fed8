"""Proves that each declared race gives its declared outcome."""

from lab.recording.report import Status
from lessons.runs.code import promise_of
from lessons.runs.shelved import ShelvedLesson, race_shelf


def prove_races(proof, *, bounds=None):
    """Run the races of the proof's lesson on its engine, and note the faults in it."""
    lesson, shelf = proof.lesson, race_shelf(proof.engine.name)
    shelved = ShelvedLesson(lesson=lesson, shelf=shelf)
    for variant in lesson.variants:
        races = [race for race in variant.races if shelf.engine_name in race.outcome]
        proof.races[variant.name] = len(races)
        if races and not promise_of(lesson, variant):
            proof.fault(f"invariant() of {variant.name} does not say what must hold.", "Give it a docstring.")
        with shelved.race_template(variant) as template:
            for race in races:
                _prove_race(proof, shelved, variant, race, bounds=bounds, template=template)


def _prove_race(proof, shelved, variant, race, **options):
    what = f"the race “{race.title}” of {variant.name} on {proof.engine.name}"
    report = shelved.race(variant, race.schedule, isolation=race.isolation, **options)
    declared = race.outcome[proof.engine.name]
    if report.status != Status.OK:
        proof.fault(f"{what} {report.status}: {report.error}.", "Mend its sessions.")
    elif report.outcome != declared:
        proof.fault(
            f"{what} ends with {_told(report.outcome)}, and declares {_told(declared)}.",
            "Mend the sessions, or declare what happens.",
        )


def _told(outcome):
    return ", ".join(f"{name} {end}" for name, end in sorted(outcome.items()))
