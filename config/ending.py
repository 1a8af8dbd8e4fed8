"""What a server that is told to stop leaves to the runs under way: a few seconds, in which most of them end.

config/gunicorn.py says when that is. Elsewhere nothing ever ends.
"""

from math import inf
from time import monotonic

GRACE = 3  # seconds
SAID = "This site is being stopped or started anew, and your run was stopped with it. Try again in a moment."
RETRY_AFTER = 10  # seconds

_deadline = inf


def begin():
    """The server has been told to stop."""
    global _deadline
    _deadline = min(_deadline, monotonic() + GRACE)


def is_over():
    """Whether runs have had their time."""
    return monotonic() >= _deadline
