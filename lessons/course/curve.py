"""What the curve of a lesson is over, where that is not the number of books."""

from dataclasses import dataclass

FEWEST = 3  # points of a curve


@dataclass(frozen=True, kw_only=True)
class Curve:
    over: str  # a keyword of every variant's run()
    values: tuple[int, ...] = ()  # that it is given; where none are declared, as many as give new rows

    @property
    def word(self) -> str:
        """As readers are told it: batch_size → batch size."""
        return self.over.replace("_", " ")

    def at(self, value: int) -> str:
        """Such as “page 1,000”."""
        return f"{self.word} {value:,}"
