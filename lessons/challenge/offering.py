"""What a page is given of a lesson's challenge."""

import hashlib
from typing import Any

from lessons.challenge.measures import names_of
from lessons.challenge.tasks import task_of
from lessons.course.contract import Lesson
from lessons.runs.parcel import parcel

NAIVE, REFERENCE = "naive", "optimized"  # variants: where the reader begins, and what is asked for
_DIGITS = 12


def make_challenge(lesson: Lesson) -> dict[str, Any]:
    """Return plain values for JSON. The lesson must have a challenge: no lesson.no_challenge.

    lesson: its parcel, of which the file naive.py is the reader's to change; stamp: what changes with that file
    as it is shipped; judged: names of what is compared beside the rows
    """
    naive, reference = (lesson.variant(name).source for name in (NAIVE, REFERENCE))
    return {
        "lesson": parcel(lesson),
        "naive": NAIVE,
        "reference": REFERENCE,
        "task": task_of(lesson),
        "judged": names_of(lesson),
        "hints": list(lesson.hints),
        "solution": reference,
        "stamp": hashlib.sha256(naive.encode()).hexdigest()[:_DIGITS],
    }
