"""A chart's data, as frontend/curve.js draws it and as its label tells it."""

from dataclasses import dataclass

from lessons.words.figures import figure


@dataclass(frozen=True, kw_only=True)
class Chart:
    title: str
    label: str  # for those who do not see it
    data: dict  # for JSON
    has_zero: bool  # which a logarithmic axis cannot show


def make_chart(title, lines, axis, value_of):
    """Return the Chart of `value_of(row)` of every Row of the Lines. Whole runs are joined, others are not."""
    charted = [line for line in lines if not line.unavailable]
    return Chart(
        title=title,
        label=". ".join(
            [f"{title} against {axis.legend}, both axes logarithmic", *(_tell(line, value_of) for line in charted)]
        ),
        data={
            "at": [row.point.at for row in lines[0].rows],
            "labels": [axis.at(row.point.at) for row in lines[0].rows],
            "lines": [_line(line, value_of) for line in charted],
        },
        has_zero=any(row.point.is_result and not value_of(row) for line in charted for row in line.rows),
    )


def _line(line, value_of):
    return {
        "name": line.variant.title,
        "accent": line.accent,
        "finished": [(value_of(row) or None) if row.point.is_result else None for row in line.rows],
        "unfinished": [(value_of(row) or None) if row.point.is_cut else None for row in line.rows],
        "texts": [_text(row, value_of) for row in line.rows],
    }


def _tell(line, value_of):
    values = ", ".join(f"{_text(row, value_of)} at {row.point.at:,}" for row in line.rows)
    return f"{line.variant.title}: {values}"


def _text(row, value_of):
    if row.point.is_result:
        return figure(value_of(row))
    return f"at least {figure(value_of(row))}" if row.point.is_cut else "not run"
