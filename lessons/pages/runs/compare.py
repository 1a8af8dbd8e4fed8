"""Two variants side by side, and the real difference of their files."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from lab.recording.report import Status
from lab.shelves import Shelf
from lessons.course.contract import Lesson
from lessons.pages.runs.lab import Lab, make_lab
from lessons.pages.runs.row_diff import KEPT, diff_reports
from lessons.pages.switches import engine_choices, lesson_url, pair_choices, shelf_choices, variant_choices


@dataclass(frozen=True, kw_only=True)
class ComparedLine:
    """One line of one file in a comparison; `number` is None where the other file has a line more."""

    number: int | None = None
    html: str = ""
    indent: int = 0
    count: int = 0
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two variants, both just run on one shelf."""

    lesson: Lesson
    shelf: Shelf
    left: Lab
    right: Lab

    @property
    def same_rows(self):
        return self.left.report.digest == self.right.report.digest

    @property
    def both_ended(self):
        return self.left.report.status == self.right.report.status == Status.OK

    @property
    def row_diff(self):
        """Where their rows differ."""
        return diff_reports(self.left.report, self.right.report, ordered=self.lesson.ordered)

    @property
    def rows(self):
        """The first files of both, aligned: a list of (ComparedLine, ComparedLine)."""
        return list(align(self.left.listings[0].lines, self.right.listings[0].lines, self._texts))

    @property
    def measure_url(self):
        return lesson_url(self.lesson, "compare", self.shelf, **self._pair, measure=1)

    @property
    def sides(self):
        """The two labs, each with a prefix that keeps their anchors apart."""
        return [{"lab": self.left, "prefix": "left-"}, {"lab": self.right, "prefix": "right-"}]

    @property
    def _texts(self):
        return [side.variant.source.splitlines() for side in (self.left, self.right)]

    @property
    def variant_choices(self):
        return variant_choices(self.lesson, self.shelf, current="compare")

    @property
    def shelf_choices(self):
        return shelf_choices(self.lesson, self.shelf, page="compare", **self._pair)

    @property
    def engine_choices(self):
        return engine_choices(self.lesson, self.shelf, page="compare", **self._pair)

    @property
    def _pair(self):
        return {"left": self.left.variant.name, "right": self.right.variant.name}

    @property
    def other_pairs(self):
        return pair_choices(
            self.lesson, self.shelf, page="compare", left=self.left.variant, right=self.right.variant
        )


def make_comparison(lesson, shelf, left, right, *, measure=False):
    return Comparison(
        lesson=lesson,
        shelf=shelf,
        left=make_lab(lesson, left, shelf, measure=measure, keep=KEPT),
        right=make_lab(lesson, right, shelf, measure=measure, keep=KEPT),
    )


def align(left, right, texts):
    """Yield pairs of ComparedLine for two lists of Lines, by the longest matching stretches of their texts."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        for offset in range(max(i2 - i1, j2 - j1)):
            yield (
                _side(left, i1 + offset, i2, changed=tag != "equal"),
                _side(right, j1 + offset, j2, changed=tag != "equal"),
            )


def _side(lines, index, end, *, changed):
    if index >= end:
        return ComparedLine(changed=changed)
    line = lines[index]
    return ComparedLine(number=line.number, html=line.html, indent=line.indent, count=line.count, changed=changed)
