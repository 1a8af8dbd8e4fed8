"""What a claim about sessions is given to race them with."""

from lab.engines import NAMES
from lab.race import isolation_levels


def race(shelved, bounds, name, schedule, isolation=None):
    """Return the RaceReport of a variant's sessions. A level that other engines alone have is left out."""
    here = isolation_levels(shelved.shelf.engine_name)
    elsewhere = {level for engine in NAMES for level in isolation_levels(engine) if level not in here}
    level = None if isolation in elsewhere else isolation
    return shelved.race(shelved.lesson.variant(name), schedule.split(), isolation=level, bounds=bounds)
