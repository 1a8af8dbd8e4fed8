"""The shelves that a challenge is judged on: each with a seed of its own, so that no written-down row fits all."""

from lab.shelves import Shelf

# By number of books. None has the size of a shelf that readers see, whose rows they could copy. With these seeds
# even the smallest has what naive code does wrong: a book that came back twice, a sale on a certain day.
SEEDS = {40: 1929, 130: 1911, 360: 1907}


def judged_shelves() -> tuple[Shelf, ...]:
    """From the smallest to the largest."""
    return tuple(Shelf(books=books) for books in SEEDS)
