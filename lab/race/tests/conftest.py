import textwrap

import pytest

from lab.race import Rules, run_race
from lab.recording.places import StackPlaces
from lab.running.loading import load

TURNS = "alice bob alice bob alice bob"


def watch():
    from library.models import Wallet

    return list(Wallet.objects.filter(pk__lte=2).order_by("pk").values("balance"))


@pytest.fixture
def race(engine, engine_shelves, tmp_path):
    """Runs the alice() and bob() of some source, and its carol() if it has one, on the engine."""

    def race(source, schedule=TURNS, **options):
        namespace = load(textwrap.dedent(source), str(tmp_path / "naive.py"))
        names = ["alice", "bob", *(["carol"] if "carol" in namespace else [])]
        own = {"watch": options.pop("watch", watch), **options.pop("rules", {})}
        rules = Rules({name: namespace[name] for name in names}, **own)
        shelf = options.pop("shelf", engine_shelves[10])
        return run_race(rules, schedule.split(), shelf=shelf, places=StackPlaces(tmp_path), **options)

    return race
