"""Looks at the plans of lessons, and notes which steps they have, for lessons/vocabulary/plan_steps.toml."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lab.engines import Engine
from lab.exceptions import LabError
from lab.recording.bounds import Bounds
from lab.shelves import Shelf
from lessons.course.contract import Kind, Lesson
from lessons.runs.shelved import ShelvedLesson
from lessons.vocabulary.plan_steps import Place, get_plan_steps
from lessons.words.plan_steps import step_name

_LISTING = Bounds(queries=500, seconds=2)  # enough to list the statements of a variant
_STATEMENTS = 10  # of a variant that are looked at: those after them are seldom of another kind
_SEEN = 12  # lessons that are named for a step
_BOOKS = (100, 1_000)  # on the shelf that pages open on, and on one that indexes pay on


@dataclass(frozen=True, kw_only=True)
class Sighting:
    engine: str
    name: str
    says: str | None  # in the lab's words, where they name no table and no index
    place: Place


def look(lesson: Lesson, engine: Engine, sizes: Sequence[int] = ()) -> Iterator[Sighting]:
    """Yield a Sighting of each step of the lesson's plans on an engine. A statement is explained once a shelf.

    sizes: of the shelves; if not given, those of _BOOKS on the engine that the lesson opens on, and the largest of
    them elsewhere, where a link has to say the engine anyway
    """
    if lesson.kind is Kind.RACES or engine.name not in lesson.engines:
        return
    for books in sizes or (_BOOKS if engine.name == lesson.default_engine else _BOOKS[-1:]):
        shelved = ShelvedLesson(lesson=lesson, shelf=Shelf(books=books, engine_name=engine.name))
        seen: set[str] = set()
        for variant in lesson.variants:
            if shelved.unavailable(variant):
                continue
            groups = [group for group in shelved.record(variant, bounds=_LISTING).groups if group.is_query]
            for group in groups[:_STATEMENTS]:
                if group.sql in seen:
                    continue
                seen.add(group.sql)
                place = Place(lesson=lesson.path, variant=variant.name, n=group.index, books=books)
                yield from _steps(shelved, place, engine)


def unlisted(lesson: Lesson, engine: Engine) -> list[str]:
    """Return the names of steps that the lesson’s plans have on the smaller shelf, and the file lacks."""
    known = {step.name for step in get_plan_steps().get(engine.name, ())}
    sizes = [size for size in _BOOKS[:1] if size in engine.sizes()]
    names = dict.fromkeys(sighting.name for size in sizes for sighting in look(lesson, engine, [size]))
    return [name for name in names if name not in known]


def _steps(shelved: ShelvedLesson, place: Place, engine: Engine) -> Iterator[Sighting]:
    try:
        plan = shelved.explain(shelved.lesson.variant(place.variant), place.n).plan
    except LabError:  # its page says so too
        return
    if plan is None:
        return
    for node in plan.walk():
        general = None if node.table or node.index else node.says
        yield Sighting(engine=engine.name, name=step_name(node, plan.vendor), says=general, place=place)


def written(version: str, engine: str, sightings: Iterable[Sighting]) -> str:
    """Return what the file says of an engine, as TOML."""
    steps: dict[str, dict[str, Place]] = {}  # {name: {lesson: where it was seen first}}
    words: dict[str, Counter[str]] = {}
    for sighting in sightings:
        steps.setdefault(sighting.name, {}).setdefault(sighting.place.lesson, sighting.place)
        words.setdefault(sighting.name, Counter()).update([sighting.says] if sighting.says else [])
    lines = [f"[{engine}]", f"version = {_string(version)}"]
    for name in sorted(steps):
        places = _spread(list(steps[name].values()))
        lines += ["", f"[{engine}.steps.{_string(name)}]", f"lessons = {len(steps[name])}"]
        lines += [f"says = {_string(says)}" for says, _ in words[name].most_common(1)]
        lines += ["seen = [", *(f"    {_string(str(place))}," for place in places), "]"]
    return "\n".join(lines)


def _spread(places: list[Place]) -> list[Place]:
    """Some of them, of as many tracks as can be: the first of each, then the second of each."""
    tracks: dict[str, list[Place]] = {}
    for place in places:
        tracks.setdefault(place.lesson.partition("/")[0], []).append(place)
    rounds = [place for each in zip_longest(*tracks.values()) for place in each if place]
    return rounds[:_SEEN]


def _string(text: str) -> str:
    """As TOML and JSON write it."""
    return json.dumps(text, ensure_ascii=False)
