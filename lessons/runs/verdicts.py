"""Claims as a page shows them: what is commonly said, what happened just now, what is true."""

from dataclasses import dataclass

from lab.recording.report import Report, Status
from lessons.course.contract import Claim
from lessons.course.docstrings import docstrings

TRUE, FALSE, DEPENDS = WORDS = ("true", "false", "it depends")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    claim: Claim
    statement: str
    report: Report
    as_expected: bool

    @property
    def conditions(self):
        """[(condition, word)], where the claim tells conditions apart."""
        result = self.report.result if isinstance(self.report.result, dict) else {}
        return [(condition, word_for(holds)) for condition, holds in result.items()]

    @property
    def word(self):
        if self.report.error:
            return "not tried"
        result = self.report.result
        return word_for(*result.values()) if isinstance(result, dict) else word_for(result)


def word_for(*holds):
    """Return one of WORDS for a claim that holds, or does not, in each of the cases."""
    if not any(holds):
        return FALSE
    return TRUE if all(holds) else DEPENDS


def judge(shelved):
    """Run every claim of the lesson on the shelf and return the Verdicts."""
    said = statements(shelved.lesson)
    return [_judge(shelved, claim, said[claim.name]) for claim in shelved.lesson.claims]


def statements(lesson):
    """Return the docstrings of claims.py by the claim's name: claims as tutorials state them."""
    if not lesson.claims:
        return {}
    said = docstrings(lesson.folder / "claims.py")
    return {claim.name: said.get(claim.name) or claim.name for claim in lesson.claims}


def _judge(shelved, claim, statement):
    report = shelved.examine(claim)
    return Verdict(
        claim=claim,
        statement=statement,
        report=report,
        as_expected=report.status == Status.UNAVAILABLE or report.result == claim.expected(shelved.environment),
    )
