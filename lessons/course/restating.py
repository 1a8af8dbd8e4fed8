"""Works out what a declaration shall say, of what it said and what was measured."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from lessons.course.contract import DJANGO, Condition, Depends, Environment

Known = Mapping[Environment, Any]
Case = tuple[Condition, Any]


def restate(declared: Depends, measured: Known, engines: Sequence[str], *, spreads: bool = True) -> Depends:
    """Return a Depends that gives what was measured, by as few conditions as that takes.

    What was declared for other environments stays, but for what is one value with what is not true here any more,
    if that `spreads`: then the lesson has changed, and not only here.

    measured: not empty, all on one Django. engines: all that the lesson is for
    """
    if _agrees(declared, measured):
        return declared
    changed = [case for case in declared.cases if spreads and _has_changed(case, declared, measured)]
    known = {**_kept(declared, measured, engines, changed), **measured}
    cases = [(Condition(), _general(declared, known)), *_corrected(declared, known)]
    for environment, value in known.items():
        if Depends(cases=tuple(cases)).value(environment) != value:
            cases.append((_widest(cases, environment, known), value))
    return _shortened(cases, known)


def _agrees(declared: Depends, known: Known) -> bool:
    return all(declared.value(environment) == value for environment, value in known.items())


def _general(declared: Depends, known: Known) -> Any:
    """The value without a condition: as it was, unless that is true nowhere any more; then the commonest."""
    before = next((case for case in declared.cases if not case[0].specificity), None)
    found = [value for environment, value in known.items() if declared.case(environment) is before]
    if before and (before[1] in found or not found):
        return before[1]
    return Counter(found or known.values()).most_common(1)[0][0]


def _has_changed(case: Case, declared: Depends, measured: Known) -> bool:
    """Whether the case decides in what was measured, and is true nowhere."""
    found = [value for environment, value in measured.items() if declared.case(environment) is case]
    return bool(found) and case[1] not in found


def _kept(
    declared: Depends, measured: Known, engines: Sequence[str], changed: Sequence[Case]
) -> dict[Environment, Any]:
    """What was declared of environments that were not measured, and has not changed."""
    here = {environment.django for environment in measured}
    djangos = (*here, *(series for series in DJANGO if not any(_is_of(each, series) for each in here)))
    elsewhere = [Environment(engine=engine, django=django) for engine in engines for django in djangos]
    cases = {environment: declared.case(environment) for environment in elsewhere if environment not in measured}
    return {environment: case[1] for environment, case in cases.items() if case and case not in changed}


def _is_of(version: str, series: str) -> bool:
    return Version(version).release[:2] == Version(series).release[:2]


def _corrected(declared: Depends, known: Known) -> Iterator[Case]:
    """The conditions that were there, with what is true now, if that is one value."""
    for condition, value in declared.cases:
        decides = [each for each in known if (case := declared.case(each)) and case[0] is condition]
        values = [known[environment] for environment in decides]
        if condition.specificity and values.count(values[0] if values else value) == len(values):
            yield condition, (values[0] if values else value)


def _widest(cases: list[Case], environment: Environment, known: Known) -> Condition:
    """The first condition that makes the value true in this environment, and none untrue that was true."""
    now = Depends(cases=tuple(cases))
    true = {each: value for each, value in known.items() if now.value(each) == value}
    true[environment] = known[environment]
    engine, django = frozenset({environment.engine}), _series(environment.django)
    for condition in (Condition(engines=engine), Condition(django=django)):
        if _agrees(Depends(cases=(*cases, (condition, known[environment]))), true):
            return condition
    return Condition(engines=engine, django=django)


def _series(version: str) -> SpecifierSet:
    """Such as <6 for Django 5.2, and >=6 for 6.1: what tells this series from the other of DJANGO."""
    older, newer = (Version(series) for series in DJANGO)
    bound = newer.major if older.major != newer.major else newer
    return SpecifierSet(
        f"<{bound}" if Version(version) < newer and not _is_of(version, str(newer)) else f">={bound}"
    )


def _shortened(cases: list[Case], known: Known) -> Depends:
    """Without the conditions that make no difference any more. Those of no environment here stay."""
    for case in cases[1:]:
        without = Depends(cases=tuple(each for each in cases if each is not case))
        if any(case[0].holds(environment) for environment in known) and _agrees(without, known):
            cases = list(without.cases)
    return Depends(cases=tuple(cases))
