"""Proves what a lesson declares: counts, rows, places, errors, savings, races and claims."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.text import get_text_list

from lab.exceptions import LabError
from lab.shelves import Shelf
from lessons.course.contract import Kind, Lesson, LessonError
from lessons.proof.claims import prove_claim
from lessons.proof.curve import prove_curve
from lessons.proof.findings import About, Fault, Proof
from lessons.proof.races import prove_races
from lessons.proof.runs import prove_runs
from lessons.proof.sentences import in_a_sentence
from lessons.runs.differing import shown_difference

# How the variants of a kind are proved, and on how many of the shelves claims are: races have a shelf of their
# own; what holds on the smallest and on the largest shelf, holds between them.
_OF_KIND = {Kind.RUNS: (prove_runs, 2), Kind.RACES: (prove_races, 1)}


def prove(lesson: Lesson, shelves: Sequence[Shelf]) -> Proof:
    """Run every variant of the lesson on the shelves, and every claim, and return a Proof. Raises nothing.

    shelves: of one engine, from the smallest to the largest
    """
    proof = Proof(lesson, shelves[0].engine)
    prove_variants, ends = _OF_KIND[lesson.kind]
    try:
        prove_variants(proof, shelves)
        prove_curve(proof, shelves)
        for claim in lesson.claims:
            prove_claim(proof, claim, list(dict.fromkeys((shelves[0], shelves[-1])))[:ends])
    except LessonError as error:
        proof.fault(About.CODE, error.fault, "", error.remedy, here=False)
    except LabError as error:
        proof.fault(About.CODE, str(error), "", "", here=False)
    return proof


def compare_engines(proofs: Sequence[Proof]) -> list[Fault]:
    """Return what is wrong with one lesson as its Proofs on several engines have it: its rows, its claims."""
    if any(fault.about <= About.ROWS for proof in proofs for fault in proof.faults):
        return []  # that may be why they differ
    return [*_compare_rows(proofs), *_compare_claims(proofs)]


def _compare_rows(proofs: Sequence[Proof]) -> Iterator[Fault]:
    lesson, labels = proofs[0].lesson, [proof.engine.label for proof in proofs]
    differing = [
        key
        for key in proofs[0].reports
        if len({proof.reports[key].digest for proof in proofs if proof.ended(key)}) > 1
    ]
    if differing and not lesson.differs:
        variants = list(dict.fromkeys(name for name, _ in differing))
        does = f"{'give' if variants[1:] else 'gives'} different rows on {get_text_list(labels, 'and')}."
        remedy = 'Make them equal, or say why they differ: differs = "…" in lesson.toml.'
        example = _example(proofs, *differing[0])
        for books in dict.fromkeys(books for _, books in differing):
            fault = _fault(lesson, About.ROWS, get_text_list(variants, "and"), does, remedy, books=books)
            yield replace(fault, example=example)
    if lesson.differs and not differing and set(lesson.engines) <= {proof.engine.name for proof in proofs}:
        does, remedy = "gives the same rows on all engines.", "Take `differs` out of lesson.toml."
        yield _fault(lesson, About.ROWS, "it", does, remedy)


def _example(proofs: Sequence[Proof], name: str, books: int) -> str:
    """The first row that differs, of the first two engines that do."""
    sides = [
        (
            f"on {proof.engine.label}",
            (proof.on(Shelf(books=books, engine_name=proof.engine.name)), proof.lesson.variant(name)),
            proof.reports[name, books].digest,
        )
        for proof in proofs
        if proof.ended((name, books))
    ]
    return in_a_sentence(shown_difference(sides), books)


def _compare_claims(proofs: Sequence[Proof]) -> Iterator[Fault]:
    """What depends on the engine is said by the verdicts: the conditions are the same on each."""
    for claim in proofs[0].lesson.claims:
        verdicts = [proof.verdicts[claim.name] for proof in proofs if claim.name in proof.verdicts]
        if len({frozenset(each) if isinstance(each, dict) else None for each in verdicts}) > 1:
            does, remedy = "tells other conditions on another engine.", "Return the same ones on each."
            yield _fault(proofs[0].lesson, About.CLAIM, f"the claim {claim.name}", does, remedy)


def _fault(lesson: Lesson, about: About, what: str, does: str, remedy: str, *, books: int | None = None) -> Fault:
    return Fault(lesson=lesson.path, about=about, what=what, does=does, remedy=remedy, books=books)
