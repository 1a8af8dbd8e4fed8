"""What readers ask for, and what is heavy."""

from benchmarks import LESSON

_L = "/lessons"
_FIRST = f"{_L}/{LESSON}/"
_RACE = f"{_L}/transactions/wallet_transfer/"
_QUESTIONS = [_FIRST, f"{_L}/fetch_less/only_some_columns/", f"{_L}/group_and_aggregate/count_per_row/", _RACE]
_STAIRS = f"{_L}/n_plus_one/nested_path/staircase/"

# Nothing runs for these.
READING = ["/", "/summary/", "/glossary/", f"{_L}/n_plus_one/", *_QUESTIONS]


def mixed(engines):
    """Ten pages to read, three of variants, three questions answered, a comparison, and now and then a curve.

    engines: names of those that the variants run on, in turn
    """
    variants = [
        f"{_FIRST}{variant}/?books={books}&engine={engine}"
        for engine in engines
        for variant, books in (("naive", 100), ("optimized", 1_000), ("optimized", 100))
    ]
    guesses = [f"{_FIRST}?guess=101", f"{_FIRST}?guess=1", f"{_RACE}?guess=broken"]
    compared = [f"{_FIRST}compare/?books=100&engine={engine}" for engine in engines]
    turns = len(engines)
    return [*READING * 3 * turns, *variants * 2, *guesses * 2 * turns, *compared * 2, f"{_FIRST}curve/"]


def heavy(engines):
    """Many runs a page, each measured anew; one is a single run of 10,001 queries."""
    return [
        f"{_FIRST}curve/?measure=1",
        f"{_FIRST}naive/?books=10000",
        f"{_RACE}naive/orders/?measure=1&engine={engines[-1]}",
        f"{_STAIRS}?books=1000&measure=1",
        f"{_L}/transactions/isolation_matrix/matrix/?measure=1&engine={engines[-1]}",
        f"{_L}/n_plus_one/nested_path/curve/?measure=1",
    ]


def runs(engines):
    """Single runs: reading ones and ones that have a copy, races too, on each engine."""
    paths = [
        f"{_FIRST}naive/?books=100",
        f"{_FIRST}optimized/?books=100",
        f"{_L}/n_plus_one/nested_path/one_step_at_a_time/?books=10",
        f"{_L}/write_in_bulk/queryset_delete/naive/?books=10",
        f"{_RACE}naive/?books=10",
    ]
    return [f"{path}&engine={engine}" for engine in engines for path in paths]
