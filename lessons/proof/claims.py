"""Proves that each claim turns out as its lesson says."""

from collections.abc import Sequence

from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.contract import Claim, Depends
from lessons.proof.findings import About, Proof
from lessons.proof.runs import BOUNDS

Verdict = bool | dict[str, bool]  # by condition, where it tells conditions apart


def prove_claim(proof: Proof, claim: Claim, shelves: Sequence[Shelf]) -> None:
    """Put the claim to the test on each of the shelves, and note what is amiss."""
    what = f"the claim {claim.name}"
    verdicts: list[Verdict] = []
    for shelf in shelves:
        report = proof.on(shelf).examine(claim, bounds=BOUNDS)
        if report.status == Status.UNAVAILABLE:
            return
        if report.status != Status.OK:
            does = f"{report.status}: {report.error}."
            proof.fault(About.CLAIM, what, does, "Mend it in claims.py.", books=shelf.books)
        elif (verdict := _verdict(report.result)) is None:
            does = f"returns {report.result!r}."
            remedy = "Return True or False, or {condition: True or False}."
            proof.fault(About.CLAIM, what, does, remedy, books=shelf.books)
        else:
            verdicts.append(verdict)
            _compare(proof, claim, shelf, verdict)
    if len(verdicts) == len(shelves):
        _keep(proof, claim, verdicts, shelves)


def _verdict(result: object) -> Verdict | None:
    """What a claim returned, if it is a verdict."""
    if isinstance(result, bool):
        return result
    if isinstance(result, dict) and result and all(isinstance(holds, bool) for holds in result.values()):
        return result
    return None


def _compare(proof: Proof, claim: Claim, shelf: Shelf, result: Verdict) -> None:
    expected = claim.expected(proof.on(shelf).environment)
    if claim.expect != Depends() and result != expected:
        proof.fault(
            About.VERDICT,
            f"the claim {claim.name}",
            f"turns out {result!r}, and expects {expected!r}.",
            "Mend claims.py, or let check_lessons --record write it, and look at its `truth`.",
            books=shelf.books,
        )


def _keep(proof: Proof, claim: Claim, verdicts: list[Verdict], shelves: Sequence[Shelf]) -> None:
    if any(verdict != verdicts[0] for verdict in verdicts):
        books = " and ".join(f"{shelf.books:,}" for shelf in shelves)
        does = f"turns out otherwise at {books} books."
        proof.fault(About.CLAIM, f"the claim {claim.name}", does, "Tell the sizes apart as conditions of it.")
        return
    proof.verdicts[claim.name] = verdicts[0]
