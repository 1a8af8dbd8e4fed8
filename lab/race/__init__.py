"""Two or more sessions that race for the same rows, driven turn by turn."""

from lab.race.isolation import isolation_levels, isolation_meaning, isolation_settings
from lab.race.orders import Orders, run_orders
from lab.race.race import run_race
from lab.race.report import WAIT, End, Finish, RaceReport, Step, Turn, Wait
from lab.race.rules import Rules

__all__ = [
    "WAIT",
    "End",
    "Finish",
    "Orders",
    "RaceReport",
    "Rules",
    "Step",
    "Turn",
    "Wait",
    "isolation_levels",
    "isolation_meaning",
    "isolation_settings",
    "run_orders",
    "run_race",
]
