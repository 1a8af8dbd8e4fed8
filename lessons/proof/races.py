"""Proves that each declared race gives its declared outcome."""

from lab.recording.report import Status
from lessons.runs.racing import promise_of, race_shelf, race_template, race_variant


def prove_races(proof, *, bounds=None):
    """Run the races of the proof's lesson on its engine, and note the faults in it."""
    lesson, shelf = proof.lesson, race_shelf(proof.engine.name)
    for variant in lesson.variants:
        races = [race for race in variant.races if shelf.engine_name in race.outcome]
        proof.races[variant.name] = len(races)
        if races and not promise_of(lesson, variant):
            proof.fault(f"invariant() of {variant.name} does not say what must hold.", "Give it a docstring.")
        with race_template(lesson, variant, shelf) as template:
            for race in races:
                _prove_race(proof, variant, race, shelf, bounds=bounds, template=template)


def _prove_race(proof, variant, race, shelf, **options):
    what = f"the race “{race.title}” of {variant.name} on {shelf.engine_name}"
    report = race_variant(proof.lesson, variant, shelf, race.schedule, isolation=race.isolation, **options)
    declared = race.outcome[shelf.engine_name]
    if report.status != Status.OK:
        proof.fault(f"{what} {report.status}: {report.error}.", "Mend its sessions.")
    elif report.outcome != declared:
        proof.fault(
            f"{what} ends with {_told(report.outcome)}, and declares {_told(declared)}.",
            "Mend the sessions, or declare what happens.",
        )


def _told(outcome):
    return ", ".join(f"{name} {end}" for name, end in sorted(outcome.items()))
