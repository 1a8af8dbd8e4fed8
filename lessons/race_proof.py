"""Proves that each declared race gives its declared outcome."""

from lab.report import Status
from lessons.racing import race_shelf, race_variant


def prove_races(proof, *, bounds=None):
    """Run the races of the proof's lesson on its engine, and note the faults in it."""
    shelf = race_shelf(proof.engine.name)
    for variant in proof.lesson.variants:
        races = [race for race in variant.races if shelf.engine_name in race.outcome]
        proof.races[variant.name] = len(races)
        for race in races:
            _prove_race(proof, variant, race, shelf, bounds)


def _prove_race(proof, variant, race, shelf, bounds):
    what = f"the race “{race.title}” of {variant.name} on {shelf.engine_name}"
    report = race_variant(proof.lesson, variant, shelf, race.schedule, isolation=race.isolation, bounds=bounds)
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
