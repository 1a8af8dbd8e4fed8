"""The rows of two runs, aligned, so that those that differ stand out."""

from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from lab.running.rows import canonical

KEPT = 1_000  # rows of each run that are compared
_SHOWN = 12  # differences that a page has room for


@dataclass(frozen=True, kw_only=True)
class RowDifference:
    """A row of the one and its counterpart in the other, each in a tuple, which is empty where there is none."""

    alike: int  # rows before it that both have
    left: tuple = ()
    right: tuple = ()
    count: int = 1  # how often in a row


@dataclass(frozen=True, kw_only=True)
class RowDiff:
    differences: tuple[RowDifference, ...]  # those that are shown
    hidden: int  # further rows that differ
    alike: int  # rows that both have after the last, where all are shown
    cut: bool  # whether a run returned more rows than were compared


def diff_reports(left, right, *, ordered):
    """Return the RowDiff of two Reports that kept KEPT rows in their preview.

    ordered: whether the order of rows counts; if not, both are sorted first.
    """
    sides = [_prepared(report.preview, ordered) for report in (left, right)]
    found, alike = _differences(*sides)
    return RowDiff(
        differences=tuple(found[:_SHOWN]),
        hidden=sum(difference.count for difference in found[_SHOWN:]),
        alike=0 if found[_SHOWN:] else alike,
        cut=any(report.rows > len(report.preview) for report in (left, right)),
    )


def _prepared(rows, ordered):
    """[(text, row)]: equal rows have equal texts."""
    prepared = [(canonical(row), row) for row in rows]
    return prepared if ordered else sorted(prepared, key=lambda pair: pair[0])


def _differences(left, right):
    """Return (RowDifferences, how many rows are alike after the last)."""
    found: list[RowDifference] = []
    alike = 0
    texts = [[text for text, _ in side] for side in (left, right)]
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=texts[0], b=texts[1], autojunk=False).get_opcodes():
        if tag == "equal":
            alike += i2 - i1
            continue
        for offset in range(max(i2 - i1, j2 - j1)):
            pair = {"left": _row(left, i1 + offset, i2), "right": _row(right, j1 + offset, j2)}
            if found and not alike and (found[-1].left, found[-1].right) == (pair["left"], pair["right"]):
                found[-1] = replace(found[-1], count=found[-1].count + 1)
            else:
                found.append(RowDifference(alike=alike, **pair))
            alike = 0
    return found, alike


def _row(side, index, end):
    return (side[index][1],) if index < end else ()
