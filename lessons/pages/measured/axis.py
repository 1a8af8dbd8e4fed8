"""What the points of a curve are at, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Axis:
    heading: str  # of a column
    legend: str  # what goes from left to right
    everywhere: str  # begins a sentence
    label: str  # of a point, with {} for its number
    stretch: str  # of points, with {} for the first number and {} for the last

    def at(self, number):
        """10 → “10 books”, or “page 10”"""
        return self.label.format(f"{number:,}")

    def between(self, first, last):
        """10, 100 → “10 to 100 books”, or “page 10 to page 100”"""
        return self.stretch.format(f"{first:,}", f"{last:,}")


BOOKS = Axis(
    heading="books",
    legend="books on the shelf",
    everywhere="On every shelf",
    label="{} books",
    stretch="{} to {} books",
)


def axis_of(lesson):
    """Return the Axis of the lesson's curve."""
    if lesson.curve is None:
        return BOOKS
    word = lesson.curve.word
    return Axis(
        heading=word,
        legend=f"the {word}",
        everywhere=f"At every {word}",
        label=f"{word} {{}}",
        stretch=f"{word} {{}} to {word} {{}}",
    )
