"""Proves that the variants of a lesson give the same rows all along its curve, where that is not over books."""

from collections.abc import Sequence
from functools import partial

from django.utils.text import get_text_list

from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.contract import SIZES, Variant
from lessons.course.curve import FEWEST, Curve
from lessons.measured.series import Series, SeriesRunner, Step
from lessons.proof.findings import About, Proof
from lessons.proof.runs import BOUNDS
from lessons.proof.sentences import in_a_sentence
from lessons.runs.differing import shown_difference
from lessons.runs.shelved import ShelvedLesson


def prove_curve(proof: Proof, shelves: Sequence[Shelf]) -> None:
    """Run each variant at each value on the largest of the shelves, and note what is amiss."""
    curve, shelved = proof.lesson.curve, proof.on(shelves[-1])
    if curve is None or proof.faults:
        return  # what is amiss without a keyword is amiss with one
    variants = [each for each in proof.lesson.variants if _comes_to_its_end(each, shelved)]
    if not variants:
        return
    with shelved.template() as template:
        record = partial(ShelvedLesson.record, bounds=BOUNDS, template=template)
        series = SeriesRunner(shelved=shelved, curve=curve, variants=variants, record=record).run()
    steps = [*series.steps, *([series.end] if series.end else [])]
    _prove_runs(proof, curve, variants, steps)
    if not proof.faults and "correctness" not in proof.lesson.saves:
        _prove_rows(proof, curve, variants, [step for step in steps if _is_compared(step, series)], shelved)
    if not proof.faults and shelved.shelf.books >= SIZES[-1]:
        _prove_length(proof, curve, series, shelved)


def _comes_to_its_end(variant: Variant, shelved: ShelvedLesson) -> bool:
    return not shelved.unavailable(variant) and not variant.raises.value(shelved.environment)


def _prove_runs(proof: Proof, curve: Curve, variants: Sequence[Variant], steps: Sequence[Step]) -> None:
    """One fault for each variant: where one run fails, those after it may."""
    for variant in variants:
        for step in steps:
            report = step.reports.get(variant.name)
            if report and report.status != Status.OK:
                does = f"ends in {report.error}." if report.status == Status.RAISED else f"was {report.error}."
                remedy = f"Let run() return the last {curve.word}, or no rows, for one that is not there."
                proof.fault(About.CODE, f"{variant.name} at {curve.at(step.at)}", does, remedy)
                break


def _is_compared(step: Step, series: Series) -> bool:
    """At the end too, if it is not the end of each: one variant gives rows there that another does not."""
    return step is not series.end or step.whole() != series.ended


def _prove_rows(
    proof: Proof, curve: Curve, variants: Sequence[Variant], steps: Sequence[Step], shelved: ShelvedLesson
) -> None:
    differing = [step for step in steps if len({report.digest for report in step.reports.values()}) > 1]
    if differing:
        names = get_text_list([variant.name for variant in variants], "and")
        at = get_text_list([f"{step.at:,}" for step in differing], "and")
        proof.fault(
            About.ROWS,
            f"{names} at {curve.word} {at}",
            "give different rows.",
            "Make them equal, or say why they differ: correctness = … in [saves].",
            books=shelved.shelf.books,
            example=_example(curve, variants, differing[0], shelved),
        )


def _example(curve: Curve, variants: Sequence[Variant], step: Step, shelved: ShelvedLesson) -> str:
    there = shelved.with_keywords(**{curve.over: step.at})
    sides = [(f"in {each.name}", (there, each), step.reports[each.name].digest) for each in variants]
    return in_a_sentence(shown_difference(sides), shelved.shelf.books)


def _prove_length(proof: Proof, curve: Curve, series: Series, shelved: ShelvedLesson) -> None:
    if len(series.steps) < FEWEST:
        last = series.steps[-1].at
        ended = get_text_list(sorted(series.ended), "and")
        why = f": nothing new comes after {curve.at(last)} from {ended}" if ended else ""
        proof.fault(
            About.CODE,
            "the curve",
            f"has {len(series.steps)} of the {FEWEST} points that a curve needs{why}.",
            f"Let run({curve.over}=…) return other rows for each, or name values to run: values = [1, 10, 100]"
            " in [curve].",
            books=shelved.shelf.books,
        )
