"""Claims as a page shows them: what is commonly said, what happened just now, what is true."""

import ast
from dataclasses import dataclass

from lab.report import Report
from lessons.contract import Claim
from lessons.running import environment, examine_claim


@dataclass(frozen=True, kw_only=True)
class Verdict:
    claim: Claim
    statement: str
    report: Report
    as_expected: bool

    @property
    def conditions(self):
        """[(condition, whether the claim holds)], where it depends."""
        return list(self.report.result.items()) if isinstance(self.report.result, dict) else []

    @property
    def word(self):
        if self.report.error:
            return "not tried"
        if self.conditions:
            return "it depends"
        return "true" if self.report.result else "false"


def judge(lesson, shelf):
    """Run every claim of the lesson on the shelf and return the Verdicts."""
    statements = _statements(lesson.folder / "claims.py") if lesson.claims else {}
    return [_judge(lesson, claim, shelf, statements[claim.name]) for claim in lesson.claims]


def _judge(lesson, claim, shelf, statement):
    report = examine_claim(lesson, claim, shelf)
    return Verdict(
        claim=claim,
        statement=statement,
        report=report,
        as_expected=report.result == claim.expected(environment(shelf)),
    )


def _statements(path):
    """The docstrings of claims.py: claims as tutorials state them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name: " ".join((ast.get_docstring(node) or node.name).split())
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
