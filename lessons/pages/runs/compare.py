"""Two variants side by side, and the real difference of their files."""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from lab.recording.report import Status
from lessons.measured.gains import RECORDED, Gain, figure_of
from lessons.pages.base import PageOfAll
from lessons.pages.commands import run_command
from lessons.pages.gain_bars import make_gain_bars
from lessons.pages.runs.lab import Lab, make_lab
from lessons.pages.switches import pair_choices
from lessons.runs.differing import shown_difference
from lessons.runs.row_diff import KEPT, diff_reports


@dataclass(frozen=True, kw_only=True)
class ComparedLine:
    """One line of one file in a comparison; `number` is None where the other file has a line more."""

    number: int | None = None
    html: str = ""
    indent: int = 0
    count: int = 0
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Comparison(PageOfAll):
    """Two variants, both just run on one shelf."""

    left: Lab
    right: Lab
    # (variant, row) of the first row that differs, where the aligned rows do not show it
    difference: tuple[tuple[str, str], ...] = ()

    current = "compare"

    has_code = True

    @property
    def ran(self):
        return (*self.left.ran, *self.right.ran)

    @property
    def command(self):
        return run_command(self.lesson, "all", books=self.shelf.books, engine=self.shelf.engine_name)

    @property
    def said(self):
        return {"left": self.left.variant.name, "right": self.right.variant.name}

    @property
    def same_rows(self):
        return self.left.report.digest == self.right.report.digest

    @cached_property
    def gain_bars(self):
        """What the one gains on the other, as far as their two runs tell it."""
        asks = self.lesson.guess.asks
        if not self.both_ended or asks not in RECORDED:
            return ()
        labs = (self.left, self.right)
        return make_gain_bars(
            Gain(asks=asks, figures=tuple((lab.variant, figure_of(asks, lab.report)) for lab in labs))
        )

    @property
    def gain_url(self):
        """Where it is measured, if it has to be and these are the two that it is about."""
        is_the_pair = (self.left.variant.name, self.right.variant.name) == ("naive", "optimized")
        measured = self.both_ended and is_the_pair and self.lesson.guess.asks not in RECORDED
        return self.addresses.page("gain", self.shelf) if measured else ""

    @property
    def both_ended(self):
        return self.left.report.status == self.right.report.status == Status.OK

    @cached_property
    def row_diff(self):
        """Where their rows differ."""
        return diff_reports(self.left.report, self.right.report, ordered=self.lesson.ordered)

    @property
    def shows_rows(self):
        """Whether the rows that were compared tell how they differ: not if those are beyond, or some of a heap."""
        is_known = self.lesson.ordered or not self.row_diff.cut
        return self.left.report.rendered is None and is_known and bool(self.row_diff.differences)

    @property
    def rows(self):
        """The first files of both, aligned: a list of (ComparedLine, ComparedLine)."""
        return align_files(self.left, self.right)

    @property
    def sides(self):
        """The two labs, each with a prefix that keeps their anchors apart."""
        return [{"lab": self.left, "prefix": "left-"}, {"lab": self.right, "prefix": "right-"}]

    @property
    def pair_choices(self):
        return pair_choices(self.lesson, self.url, left=self.left.variant, right=self.right.variant)


def make_comparison(shelved, left, right, *, measure=False):
    page = Comparison(
        shelved=shelved,
        left=make_lab(shelved, left, measure=measure, keep=KEPT),
        right=make_lab(shelved, right, measure=measure, keep=KEPT),
    )
    if not page.both_ended or page.same_rows or page.shows_rows:
        return page
    sides = [(lab.variant.title, (shelved, lab.variant), lab.report.digest) for lab in (page.left, page.right)]
    return replace(page, difference=shown_difference(sides))


def align_files(left, right):
    """Return pairs of ComparedLine for the first files of two pages that have a variant and listings."""
    texts = [page.variant.source.splitlines() for page in (left, right)]
    return list(align(left.listings[0].lines, right.listings[0].lines, texts))


def align(left, right, texts):
    """Yield pairs of ComparedLine for two lists of Lines, by the longest matching stretches of their texts."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=texts[0], b=texts[1], autojunk=False).get_opcodes():
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
