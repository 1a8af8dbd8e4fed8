"""Ratios that survive a noisy machine: every round times each thing in turn."""

from statistics import median
from time import perf_counter

ROUNDS = 25


def ratios(bare, others, *, rounds=ROUNDS, clock=perf_counter):
    """Time `bare()` and each of `others` (a dict of functions) in turn.

    clock: thread_time for what other work on the machine should not count in
    Returns (median seconds of bare, {name: median of other ÷ bare}). The first round, cold, is left out.
    """
    found = {name: [] for name in others}
    bares = []
    for _ in range(rounds + 1):
        bares.append(seconds(bare, clock))
        for name, other in others.items():
            found[name].append(seconds(other, clock) / bares[-1])
    return median(bares[1:]), {name: median(values[1:]) for name, values in found.items()}


def seconds(function, clock=perf_counter):
    started = clock()
    function()
    return clock() - started
