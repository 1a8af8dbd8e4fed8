"""The one table that `make bench` and `make load` write, as JSON and as Markdown."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
import psutil

from benchmarks.figure import Figure, Goal, NotMeasured

_LOOK = 0.5  # seconds in which others are seen to use the machine
RESULTS = Path(__file__).parent / "results" / "table.json"


@dataclass(frozen=True, kw_only=True)
class Group:
    """What one module measured, at one time on one machine."""

    name: str
    measured_at: str  # UTC
    machine: dict
    figures: list
    missing: list


def measure(name, found, engines=(), *, into=RESULTS):
    """Print each of `found`, Figures and NotMeasureds, as it comes; add them to the table as one group."""
    busy, said = psutil.cpu_percent(interval=_LOOK), []
    for each in found:
        said.append(each)
        print(_line(each), flush=True)
    write(into, {**read(into), name: _measured_now(name, said, engines, busy)})


def _line(found):
    if isinstance(found, NotMeasured):
        return f"{found.name:<58} not measured: {found.why}"
    name, ratio, goal, ours, versus, peer = cells(found)
    return f"{name:<58} {ratio:>7}  {goal:<18} {ours} ÷ {peer}, {versus}"


def _measured_now(name, found, engines, busy):
    return Group(
        name=name,
        measured_at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        machine={**machine(engines), "others": f"{busy:.0f} % before it began"},
        figures=[each for each in found if isinstance(each, Figure)],
        missing=[each for each in found if isinstance(each, NotMeasured)],
    )


def machine(engines=()):
    """What the figures depend on. Neither the machine's name nor a path of it."""
    return {
        "cores": os.cpu_count(),
        "CPU": _processor(),
        "Python": platform.python_version(),
        "Django": django.get_version(),
        **{engine.label: engine.version() for engine in engines if not engine.off()},
    }


def _processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())


def read(path):
    """Return {name: Group} of a file; {} where there is none."""
    if not path.exists():
        return {}
    return {name: _group(name, **kept) for name, kept in json.loads(path.read_text()).items()}


def _group(name, *, figures, missing, **rest):
    return Group(name=name, figures=[*map(_figure, figures)], missing=[NotMeasured(**e) for e in missing], **rest)


def _figure(kept):
    kept = {key: value for key, value in kept.items() if key != "met"}
    return Figure(**{**kept, "goal": kept["goal"] and Goal(**kept["goal"])})


def write(path, groups):
    """Write {name: Group} as JSON, and beside it as Markdown."""
    write_json(path, groups)
    _replace(path.with_suffix(".md"), markdown(groups))


def write_json(path, groups):
    plain = {name: {**asdict(group), "figures": [*map(_plain, group.figures)]} for name, group in groups.items()}
    for group in plain.values():
        del group["name"]
    _replace(path, json.dumps(plain, indent=1, ensure_ascii=False))


def _replace(path, text):
    """At once, when the new is whole: who stops a measurement keeps the last one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(text.rstrip() + "\n")
    part.replace(path)


def _plain(figure):
    return {**asdict(figure), "met": figure.met}


def markdown(groups):
    return "\n\n".join(f"## {name}\n\n{rows(group)}" for name, group in groups.items())


def rows(group):
    """The Markdown of a group's figures, its date and its machine."""
    lines = [
        "| figure | ratio | goal | measured | compared with | its figure |",
        "| --- | ---: | --- | ---: | --- | ---: |",
    ]
    lines += [f"| {' | '.join(cells(figure))} |" for figure in group.figures]
    lines += [f"| {each.name} | – | – | not measured: {each.why} | – | – |" for each in group.missing]
    on = ", ".join(
        f"{value} cores" if name == "cores" else f"{name} {value}" for name, value in group.machine.items()
    )
    return "\n".join([*lines, "", f"{group.measured_at} UTC; {on}"])


def cells(figure):
    """Texts: name, ratio, goal and whether it is met, what was measured, its peer, what that took."""
    return (
        figure.name,
        _short(figure.ratio),
        _goal(figure),
        f"{_short(figure.ours)} {figure.unit}",
        figure.versus,
        f"{_short(figure.peer)} {figure.unit}",
    )


def _goal(figure):
    goal = figure.goal
    if goal is None:
        return ""
    limit = f"{goal.limit:.0%}" if goal.sign == "±" else f"{goal.limit:g}"
    unit = f" {figure.unit}" if goal.of == "ours" else ""
    return f"{goal.sign} {limit}{unit}: {'met' if figure.met else '**missed**'}"


def _short(number):
    """Three digits of it, and no more zeros than it needs."""
    if number and abs(number) < 1:
        return f"{number:.2g}"
    return f"{number:,.2f}" if abs(number) < 10 else f"{number:,.1f}" if abs(number) < 100 else f"{number:,.0f}"
