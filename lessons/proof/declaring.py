"""Declares what the proofs of a lesson measured: counts, outcomes of races, verdicts of claims."""

from collections.abc import Mapping, Sequence
from typing import Any

import django

from lessons.course.contract import SIZES, Claim, Depends, Environment, Kind, Lesson
from lessons.course.lesson_toml import LessonToml
from lessons.course.restating import Known, restate
from lessons.proof.findings import Proof


def declare(proofs: Sequence[Proof]) -> list[str]:
    """Write into the lesson.toml what was measured, and return what changed in it, a line each.

    proofs: of one lesson, on each engine at hand; with no other faults than those that this mends
    """
    lesson = proofs[0].lesson
    toml = LessonToml(lesson.folder / "lesson.toml")
    _DECLARE[lesson.kind](toml, lesson, proofs)
    for claim in lesson.claims:
        _declare_verdict(toml, lesson, claim, _measured(proofs, "verdicts", claim.name))
    return toml.save()


def _declare_counts(toml: LessonToml, lesson: Lesson, proofs: Sequence[Proof]) -> None:
    for variant in lesson.variants:
        counts = dict(variant.counts)
        for books in SIZES:
            measured = {
                _environment(proof): proof.reports[variant.name, books].queries
                for proof in proofs
                if (variant.name, books) in proof.reports and variant.name not in proof.unavailable
            }
            if measured:
                counts[books] = restate(counts.get(books, Depends()), measured, lesson.engines)
        if counts != variant.counts:
            toml.set_counts(variant.name, counts)


def _declare_outcomes(toml: LessonToml, lesson: Lesson, proofs: Sequence[Proof]) -> None:
    for proof in proofs:
        for (variant, number), outcome in proof.outcomes.items():
            toml.set_outcome(variant, number, proof.engine.name, outcome)


_DECLARE = {Kind.RUNS: _declare_counts, Kind.RACES: _declare_outcomes}


def _declare_verdict(toml: LessonToml, lesson: Lesson, claim: Claim, found: Known) -> None:
    """What was declared of another Django or engine stays: how the claim turns out here says nothing of those."""
    if not found:
        return
    declared = claim.expect
    if not any(isinstance(verdict, Mapping) for verdict in found.values()):
        before = declared if isinstance(declared, Depends) else Depends()
        toml.set_verdict(claim.name, restate(before, found, lesson.engines, spreads=False))
        return
    of = declared if isinstance(declared, dict) else {}
    toml.set_verdict(
        claim.name,
        {
            condition: restate(
                of.get(condition, Depends()), _only(found, condition), lesson.engines, spreads=False
            )
            for condition in dict.fromkeys(key for verdict in found.values() for key in verdict)
        },
    )


def _only(found: Known, condition: str) -> dict[Environment, Any]:
    return {environment: verdict[condition] for environment, verdict in found.items() if condition in verdict}


def _measured(proofs: Sequence[Proof], what: str, key: str) -> dict[Environment, Any]:
    return {_environment(proof): getattr(proof, what)[key] for proof in proofs if key in getattr(proof, what)}


def _environment(proof: Proof) -> Environment:
    return Environment(engine=proof.engine.name, django=django.get_version())
