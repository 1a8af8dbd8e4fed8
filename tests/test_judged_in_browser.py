"""Each challenge in a real Chromium: what is shipped as naive falls short, and what is shipped as optimized passes."""

import pytest

from lessons.challenge.offering import make_challenge
from lessons.course.catalog import get_catalog
from lessons.tests.landing import some

LESSONS = [each for each in get_catalog().lessons if each.no_challenge is None]


@pytest.mark.parametrize("lesson", some(LESSONS))
def test_naive_falls_short_and_optimized_passes(lesson, ask):
    sent = make_challenge(lesson)["lesson"]
    naive, optimized = (
        ask({"do": "judge", "lesson": sent, "code": lesson.variant(name).source})["verdict"]
        for name in ("naive", "optimized")
    )
    assert naive["missing"]
    assert optimized["missing"] == []
    assert (naive["solved"], optimized["solved"]) == (False, True)
