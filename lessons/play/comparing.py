"""Two ways beside one another: whether they return the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from lab.recording.report import Report, Status
from lessons.runs.row_diff import RowDiff, diff_reports


@dataclass(frozen=True, kw_only=True)
class Comparison:
    says: str  # a sentence
    is_same: bool
    difference: RowDiff | None  # where rows differ


def compare(reports: Sequence[Report]) -> Comparison | None:
    """Of two Reports with KEPT rows; None where one of the runs did not come to its end."""
    left, right = reports
    if {left.status, right.status} != {Status.OK}:
        return None
    if left.digest == right.digest:
        return Comparison(says="Both return the same rows.", is_same=True, difference=None)
    in_any_order = diff_reports(left, right, ordered=False)
    if in_any_order.differences or in_any_order.cut:
        says = f"The rows differ: {left.rows:,} here, {right.rows:,} the other way."
    else:
        says = "Both return the same rows, in another order. Say which order you want: order_by() decides it."
    return Comparison(says=says, is_same=False, difference=diff_reports(left, right, ordered=True))
