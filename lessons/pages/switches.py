"""What switches are made of: every position is a link."""

from dataclasses import dataclass

from django.urls import reverse

from lab.engines import all_engines


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One position of a switch: a link."""

    label: str
    url: str
    current: bool
    key: str  # unique on the page, so that the focus stays when the lab is swapped
    role: str = ""  # "naive" or "optimized", where the label does not say it
    shortcut: str = ""  # the key that does the same
    runs: str = ""  # what it has to run, where that takes long
    off: str | None = None  # why it cannot be had; the link then leads to the remedy


def engine_choices(shelf, there, work_on):
    """Choices of all engines. there: returns the address of what is shown, on the engine of a name

    work_on: returns what has to run on an engine, where that takes long
    """
    return [_engine_choice(engine, shelf, there(engine.name), work_on(engine)) for engine in all_engines()]


def _engine_choice(engine, shelf, there, runs):
    off = engine.off()
    return Choice(
        label=engine.label,
        url=f"{reverse('status')}#{engine.name}" if off else there,
        current=engine.name == shelf.engine_name,
        key=f"engine-{engine.name}",
        runs=runs,
        off=off,
    )


def pair_choices(lesson, there, *, left, right):
    """Links to `left` beside each of the other variants, where there are more than two.

    there: returns the address of what is shown, with two variants that are given as left and right
    """
    others = [variant for variant in lesson.variants if variant.name != left.name]
    if len(others) < 2:
        return []
    return [
        Choice(
            label=f"{left.title} and {other.title}",
            url=there(left=left.name, right=other.name),
            current=other == right,
            key=f"pair-{other.name}",
        )
        for other in others
    ]
